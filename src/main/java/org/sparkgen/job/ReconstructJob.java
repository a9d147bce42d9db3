package org.sparkgen.job;

import org.sparkgen.config.JobException;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.ReconstructFunction;
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
    ReconstructFunction function =
        new ReconstructFunction(model.config(), model.preprocessing().scaling());
    try (AppliedModel applied = AppliedModel.open(storage, model, request, "reconstruct")) {
      ExampleCounts counts = applied.write(function, TABLE);
      new ModelPictures(model.config(), model.configuration())
          .reconstructions(model.weights(), applied.examples().first(TrainingData.SHOWN))
          .ifPresent(grid -> storage.publish(applied.address(GRID), grid.bytes()));
      return applied.result(counts, "");
    }
  }
}
