package org.sparkgen.job;

import java.util.List;
import java.util.Locale;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Generator;
import org.sparkgen.model.OneHot;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.SampleChunks;

/** Draws pictures on the way from one latent vector to another; needs no Spark. */
public final class InterpolateJob implements Job<SampleResult> {
  private final Storage storage;
  private final InterpolateRequest request;

  /**
   * An interpolation. Its target is {@code interpolation.png}, all pictures side by side, and
   * {@code images}, each as a file.
   */
  public InterpolateJob(Storage storage, InterpolateRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Draws and writes.
   *
   * @throws JobException USAGE if the model can't do that or the target is taken; INPUT if there is
   *     no model, or a picture can't be read
   */
  @Override
  public SampleResult run() {
    TrainedModel model = DecodeJob.decoding(storage, request.output());
    for (LatentPoint end : List.of(request.from(), request.to())) {
      LatentPoint.require(model, end);
    }
    if (!(model.config().data().shape() instanceof ImageShape shape)) {
      throw new JobException(
          ExitCode.USAGE, "cannot draw pictures: this model makes rows of numbers");
    }
    TargetFolder.requireFree(storage, request.target());
    int label = label(model);
    Snapshot weights = model.weights();
    Pictures pictures = Pictures.of(shape, pixels(model, weights, label));
    storage.publish(
        Storage.resolve(request.target(), "interpolation.png"),
        ImageGrid.grid(pictures, request.steps(), ImageGrid.readableScale(shape)).bytes());
    for (int i = 0; i < request.steps(); i++) {
      String name = String.format(Locale.ROOT, "images/%04d.png", i);
      storage.publish(
          Storage.resolve(request.target(), name), ImageGrid.picture(pictures, i).bytes());
    }
    return new SampleResult(
        request.target(), request.steps(), model.round(), weights.weightsSha256());
  }

  private int label(TrainedModel model) {
    if (request.className().isPresent()) {
      model.requireClasses();
      return model.classNumber(request.className().get());
    }
    if (model.config().model().classes() > 0) {
      throw new JobException(
          ExitCode.USAGE, "a conditional model draws in a class: name one with --class");
    }
    return 0;
  }

  private byte[] pixels(TrainedModel model, Snapshot weights, int label) {
    RunConfig config = model.config();
    return RunModels.borrow(
        model.configuration(),
        trained -> {
          ModelState.load(weights, trained);
          Generator generator = (Generator) trained;
          float[] path =
              Interpolation.path(
                  generator,
                  LatentPoint.vector(storage, config, trained, request.from()),
                  LatentPoint.vector(storage, config, trained, request.to()),
                  request.steps());
          float[] inputs =
              OneHot.append(path, generator.latentSize(), generator.classes(), point -> label);
          return Pixels.of(SampleChunks.generate(generator, inputs), config.model().pixelRange());
        });
  }
}
