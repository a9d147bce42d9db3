package org.sparkgen.job;

import org.sparkgen.config.DataConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.spark.ExampleChunks;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.ModelTable;
import org.sparkgen.spark.ReconstructFunction;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Sends examples through the latent space and back. */
public final class ReconstructJob implements Job<TableResult> {
  private static final String TABLE = "reconstructions.parquet";
  private static final String GRID = "grid.png";

  private final Storage storage;
  private final ApplyRequest request;

  /** A reconstruction. */
  public ReconstructJob(Storage storage, ApplyRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Reconstructs and writes.
   *
   * @throws JobException USAGE if the model has no encoder or the target is taken; INPUT if there
   *     is no model, or no example can be used
   */
  @Override
  public TableResult run() {
    TrainedModel model =
        TrainedModel.of(storage, request.output())
            .require(
                Reconstructor.class::isInstance,
                "reconstruct",
                "has no encoder; train family autoencoder, vae, beta-vae or vae-gan");
    TargetFolder.requireFree(storage, request.to());
    DataConfig data = model.data(request.data().overrides());
    ReconstructFunction function =
        new ReconstructFunction(model.config(), model.preprocessing().scaling());
    String uri = Storage.resolve(request.to(), TABLE);
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("reconstruct"));
        ModelTable table =
            new ModelTable(spark.session(), model.configuration(), model.weights())) {
      ExampleChunks examples = ExampleChunks.of(spark.session(), data, model.preprocessing());
      ExampleCounts counts = table.write(examples, function, uri, "reconstruct");
      new ModelPictures(model.config(), model.configuration())
          .reconstructions(model.weights(), examples.first(TrainingData.SHOWN))
          .ifPresent(grid -> storage.publish(Storage.resolve(request.to(), GRID), grid.bytes()));
      return new TableResult(
          request.to(),
          counts.accepted(),
          counts.rejected(),
          model.round(),
          model.weights().weightsSha256(),
          "");
    }
  }
}
