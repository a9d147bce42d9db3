package org.sparkgen.job;

import org.sparkgen.config.JobException;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Sampler;
import org.sparkgen.spark.EncodeFunction;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.LatentPlane;
import org.sparkgen.storage.Storage;

/** Turns examples into latent vectors, with a map of them. */
public final class EncodeJob implements Job<TableResult> {
  private static final String TABLE = "latent.parquet";
  private static final String MAP = "map.svg";

  private final Storage storage;
  private final ApplyRequest request;

  /** An encoding. */
  public EncodeJob(Storage storage, ApplyRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Encodes and writes.
   *
   * @throws JobException USAGE if the model has no encoder or the target is taken; INPUT if there
   *     is no model, or no example can be used
   */
  @Override
  public TableResult run() {
    TrainedModel model =
        TrainedModel.of(storage, request.output())
            .require(
                Encoder.class::isInstance,
                "encode",
                "has no encoder; train family autoencoder, vae, beta-vae or vae-gan");
    boolean distributions = model.can(Sampler.class::isInstance);
    try (AppliedModel applied = AppliedModel.open(storage, model, request, "encode")) {
      ExampleCounts counts = applied.write(new EncodeFunction(distributions), TABLE);
      LatentPlane.map(applied.session(), applied.address(TABLE), applied.examples().classNames())
          .ifPresent(map -> storage.publish(applied.address(MAP), map.svg()));
      return applied.result(counts, "");
    }
  }
}
