package org.sparkgen.job;

import java.util.function.BiFunction;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.model.Generator;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/** A trained model of images that the driver draws latent vectors with; needs no Spark. */
final class LatentView {
  private final Storage storage;
  private final LatentRequest request;
  private final TrainedModel model;
  private final ImageShape shape;
  private final Snapshot weights;
  private final int label;

  private LatentView(
      Storage storage, LatentRequest request, TrainedModel model, ImageShape shape, int label) {
    this.storage = storage;
    this.request = request;
    this.model = model;
    this.shape = shape;
    this.label = label;
    this.weights = model.weights();
  }

  /**
   * The model, which is not loaded yet.
   *
   * @throws JobException USAGE if it can't draw the points or the target is taken; INPUT if there
   *     is no model
   */
  static LatentView open(Storage storage, LatentRequest request) {
    TrainedModel model = DecodeJob.decoding(storage, request.output());
    for (LatentPoint point : request.points()) {
      LatentPoint.require(storage, model, point);
    }
    if (!(model.config().data().shape() instanceof ImageShape shape)) {
      throw new JobException(
          ExitCode.USAGE, "cannot draw pictures: this model makes rows of numbers");
    }
    TargetFolder.requireFree(storage, request.to());
    return new LatentView(storage, request, model, shape, label(model, request));
  }

  private static int label(TrainedModel model, LatentRequest request) {
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

  /** The model. */
  TrainedModel model() {
    return model;
  }

  /** What it draws. */
  ImageShape shape() {
    return shape;
  }

  /** The class that is drawn; 0 if there are none. */
  int label() {
    return label;
  }

  /** Uses the trained model, with the latent vectors of the points in their order. */
  <T> T use(BiFunction<Generator, float[][], T> use) {
    return RunModels.borrow(
        model.configuration(),
        trained -> {
          ModelState.load(weights, trained);
          float[][] vectors =
              request.points().stream()
                  .map(point -> LatentPoint.vector(storage, model.config(), trained, point))
                  .toArray(float[][]::new);
          return use.apply((Generator) trained, vectors);
        });
  }

  /** Writes a file below the target. */
  void publish(String name, byte[] bytes) {
    storage.publish(Storage.resolve(request.to(), name), bytes);
  }

  /** What the job has to say at its end. */
  SampleResult result(int count) {
    return new SampleResult(request.to(), count, model.round(), weights.weightsSha256());
  }
}
