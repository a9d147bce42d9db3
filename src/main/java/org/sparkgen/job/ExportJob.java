package org.sparkgen.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.OnnxNetworks;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.OnnxGraph;
import org.sparkgen.report.Versions;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/**
 * Writes the networks of a finished training, or of a running one's newest checkpoint, as ONNX
 * files. Works on the driver alone, without Spark.
 */
public final class ExportJob implements Job<ExportResult> {
  private final Storage storage;
  private final String output;
  private final String target;

  /**
   * An export.
   *
   * @param output the output folder of a training
   * @param target folder that is written, a file {@code NETWORK.onnx} for each network; must not
   *     exist yet or be empty
   */
  public ExportJob(Storage storage, String output, String target) {
    this.storage = storage;
    this.output = output;
    this.target = target;
  }

  /**
   * Writes the files.
   *
   * @throws JobException USAGE if the target is taken, or a network too large for a file; INPUT if
   *     there is no checkpoint
   */
  @Override
  public ExportResult run() {
    RunConfig config = PastRun.of(storage, output).config();
    TargetFolder.requireFree(storage, target);
    PastModel model = PastModel.of(storage, output, config);
    Map<String, byte[]> files = files(config, model);
    files.forEach((name, content) -> storage.publish(Storage.resolve(target, name), content));
    return new ExportResult(
        target,
        List.copyOf(files.keySet()),
        model.checkpoint().round(),
        model.published().weightsSha256());
  }

  private static Map<String, byte[]> files(RunConfig config, PastModel model) {
    Trainable trained = RunModels.fresh(config);
    ModelState.load(model.published(), trained);
    Map<String, String> facts = ExportFacts.of(config, model);
    Map<String, OnnxGraph> graphs = OnnxNetworks.of(trained, config.model(), config.data().shape());
    Map<String, byte[]> files = new LinkedHashMap<>();
    graphs.forEach(
        (name, graph) ->
            files.put(
                name + ".onnx",
                graph.file(ExportFacts.sentence(name, config, model), Versions.program(), facts)));
    return files;
  }
}
