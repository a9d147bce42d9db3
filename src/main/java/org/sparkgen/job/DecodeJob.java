package org.sparkgen.job;

import org.sparkgen.config.JobException;
import org.sparkgen.model.Generator;
import org.sparkgen.spark.LatentCells;
import org.sparkgen.spark.LatentTable;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Turns latent vectors into examples. */
public final class DecodeJob implements Job<SampleResult> {
  private static final String TABLE = "examples.parquet";

  private final Storage storage;
  private final DecodeRequest request;

  /** A decoding. */
  public DecodeJob(Storage storage, DecodeRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Decodes and writes.
   *
   * @throws JobException USAGE if the model can't decode or the target is taken; INPUT if there is
   *     no model, no table, or a vector that does not fit the model
   */
  @Override
  public SampleResult run() {
    TrainedModel model = decoding(storage, request.output());
    TargetFolder.requireFree(storage, request.to());
    LatentCells cells = LatentCells.vectors(request.column(), model.config().model().latent());
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("decode"));
        LatentTable table =
            new LatentTable(
                spark.session(),
                request.table(),
                cells,
                model.configuration(),
                model.weights(),
                model.preprocessing().scaling())) {
      long count = table.write(Storage.resolve(request.to(), TABLE), "decode");
      return new SampleResult(request.to(), count, model.round(), model.weights().weightsSha256());
    }
  }

  /** The model in an output folder, which must have a decoder. */
  static TrainedModel decoding(Storage storage, String output) {
    return TrainedModel.of(storage, output)
        .require(
            Generator.class::isInstance,
            "decode",
            "has no decoder; train a family that has one, such as vae or gan");
  }
}
