package org.sparkgen.job;

import java.util.Map;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.model.SampleChoice;
import org.sparkgen.model.Sampler;
import org.sparkgen.spark.SampleWriter;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Draws samples from the model of a finished training, or of a running one's newest checkpoint. */
public final class SampleJob implements Job<SampleResult> {
  private static final int SHOWN = 100;

  private final Storage storage;
  private final SampleRequest request;

  /**
   * A drawing of samples. Its target is {@code samples.parquet} or {@code images}, and of images
   * {@code grid.png} with the first ones.
   */
  public SampleJob(Storage storage, SampleRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Draws and writes.
   *
   * @throws JobException USAGE if the model can't sample, or not as is asked for, or the target is
   *     taken; INPUT if there is no checkpoint to draw from
   */
  @Override
  public SampleResult run() {
    TrainedModel model =
        TrainedModel.of(storage, request.output())
            .require(
                Sampler.class::isInstance,
                "sample",
                "has no prior to draw latent vectors from; train family vae, beta-vae, gan or vae-gan");
    TargetFolder.requireFree(storage, request.to());
    requireForm(model);
    if (!request.classes().isEmpty()) {
      model.requireClasses();
    }
    Snapshot weights = model.weights();
    SampleWriter.Drawing drawing =
        new SampleWriter.Drawing(request.count(), request.seed(), choice(model));
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("sample"))) {
      SampleWriter writer =
          new SampleWriter(spark.session(), model.configuration(), model.preprocessing());
      switch (request.form()) {
        case TABLE ->
            writer.table(weights, drawing, Storage.resolve(request.to(), "samples.parquet"));
        case FILES -> writer.files(weights, drawing, Storage.resolve(request.to(), "images"));
      }
    }
    grid(model, drawing);
    return new SampleResult(request.to(), request.count(), model.round(), weights.weightsSha256());
  }

  private void grid(TrainedModel model, SampleWriter.Drawing drawing) {
    ModelPictures pictures = new ModelPictures(model.config(), model.configuration());
    pictures
        .samples(
            model.weights(), Math.min(SHOWN, drawing.count()), drawing.seed(), drawing.choice())
        .ifPresent(
            first ->
                storage.publish(
                    Storage.resolve(request.to(), "grid.png"), pictures.grid(first).bytes()));
  }

  private void requireForm(TrainedModel model) {
    if (request.form() == SampleRequest.Form.FILES
        && !(model.config().data().shape() instanceof ImageShape)) {
      throw new JobException(
          ExitCode.USAGE, "cannot write PNG files: this model makes rows of numbers");
    }
  }

  private SampleChoice choice(TrainedModel model) {
    SampleChoice all =
        request.truncation().isPresent()
            ? SampleChoice.all().within(request.truncation().getAsDouble())
            : SampleChoice.all();
    if (request.classes().isEmpty()) {
      return all;
    }
    int[] numbers = request.classes().keySet().stream().mapToInt(model::classNumber).toArray();
    Map<String, Double> shares = request.classes();
    return all.of(numbers, shares.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
