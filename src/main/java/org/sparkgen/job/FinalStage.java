package org.sparkgen.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.StockArtifact;
import org.sparkgen.report.Artifact;
import org.sparkgen.report.RunRecord;
import org.sparkgen.spark.ExampleShards;
import org.sparkgen.spark.SampleWriter;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Digests;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/** Writes samples and model artifacts of a finished training. */
final class FinalStage {
  private final RunConfig config;
  private final String configuration;
  private final SparkEnvironment spark;

  FinalStage(RunConfig config, String configuration, SparkEnvironment spark) {
    this.config = config;
    this.configuration = configuration;
    this.spark = spark;
  }

  /** Writes everything below {@code samples} and {@code artifacts}; returns the artifacts. */
  List<Artifact> write(
      RunFolder folder, Snapshot snapshot, RunRecord record, ExampleShards examples) {
    Trainable model = RunModels.fresh(config);
    ModelState.load(snapshot, model);
    if (model instanceof Sampler && config.output().samples() > 0) {
      folder.checkOwner();
      new SampleWriter(spark.session(), configuration, examples.preprocessing())
          .table(
              snapshot,
              new SampleWriter.Drawing(
                  config.output().samples(), ModelPictures.sampleSeed(config), SampleChoice.all()),
              folder.uri("samples/samples.parquet"));
    }
    List<Artifact> artifacts = new ArrayList<>();
    model
        .nets()
        .forEach(
            (name, net) ->
                artifacts.add(commit(folder, name, name + ".zip", StockArtifact.zip(net))));
    byte[] description =
        describe(model, snapshot, record, examples).getBytes(StandardCharsets.UTF_8);
    artifacts.add(commit(folder, "how to use the networks", "model.json", description));
    StringBuilder sums = new StringBuilder();
    artifacts.forEach(a -> sums.append(a.sha256()).append("  ").append(fileName(a)).append('\n'));
    folder.commit("artifacts/SHA256SUMS", sums.toString());
    return artifacts;
  }

  private static String fileName(Artifact artifact) {
    return artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
  }

  private static Artifact commit(RunFolder folder, String what, String file, byte[] bytes) {
    folder.commit("artifacts/" + file, bytes);
    return new Artifact(what, "artifacts/" + file, bytes.length, Digests.sha256(bytes));
  }

  private String describe(
      Trainable model, Snapshot snapshot, RunRecord record, ExampleShards examples) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("family", record.family());
    String vector = config.model() instanceof ClassifierConfig ? "features" : "latent";
    json.put(vector, config.model().latent());
    json.put("pixelRange", config.model().pixelRange() == PixelRange.UNIT ? "[0,1]" : "[-1,1]");
    json.put("weightsSha256", snapshot.weightsSha256());
    json.put("dataFingerprint", record.data().fingerprint());
    json.setAll(PreprocessingFile.json(examples.preprocessing()));
    json.put("loadWith", "org.deeplearning4j.util.ModelSerializer.restoreMultiLayerNetwork(file)");
    ArrayNode nets = json.putArray("networks");
    model
        .nets()
        .forEach(
            (name, net) -> {
              ObjectNode entry = nets.addObject();
              entry.put("name", name);
              entry.put("file", name + ".zip");
              entry.put("parameters", net.parameterCount());
              Map<String, String> signature = NetSignatures.of(name, config);
              signature.forEach(entry::put);
            });
    return json.toPrettyString() + "\n";
  }
}
