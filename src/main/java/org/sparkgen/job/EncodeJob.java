package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Sampler;
import org.sparkgen.report.LatentMap;
import org.sparkgen.spark.EncodeFunction;
import org.sparkgen.spark.ExampleChunks;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.LatentPlane;
import org.sparkgen.spark.ModelTable;
import org.sparkgen.spark.SparkEnvironment;
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
    TargetFolder.requireFree(storage, request.to());
    DataConfig data = model.data(request.data().overrides());
    boolean distributions = model.can(Sampler.class::isInstance);
    String uri = Storage.resolve(request.to(), TABLE);
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("encode"));
        ModelTable table =
            new ModelTable(spark.session(), model.configuration(), model.weights())) {
      ExampleChunks examples = ExampleChunks.of(spark.session(), data, model.preprocessing());
      ExampleCounts counts =
          table.write(examples, new EncodeFunction(distributions), uri, "encode");
      Optional<LatentMap> map = LatentPlane.map(spark.session(), uri, examples.classNames());
      map.ifPresent(drawn -> storage.publish(Storage.resolve(request.to(), MAP), drawn.svg()));
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
