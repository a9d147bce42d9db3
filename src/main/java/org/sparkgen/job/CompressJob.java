package org.sparkgen.job;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.data.LatentQuantizer;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Sampler;
import org.sparkgen.report.CompressionRecord;
import org.sparkgen.spark.CodeFunction;
import org.sparkgen.spark.Compression;
import org.sparkgen.spark.ExampleChunks;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.storage.Storage;

/** Turns images into codes of a few bytes, and says how that compares with PNG and JPEG. */
public final class CompressJob implements Job<TableResult> {
  /** The table of codes, below the target. */
  static final String TABLE = "codes.parquet";

  /** What is needed to read them, below the target. */
  static final String RECORD = "codes.json";

  /** Images that methods are compared on. */
  private static final int COMPARED = 1000;

  private final Storage storage;
  private final CompressRequest request;

  /** A compression. */
  public CompressJob(Storage storage, CompressRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Compresses and writes.
   *
   * @throws JobException USAGE if the model has no encoder or is not one of images, or the target
   *     is taken; INPUT if there is no model, an image of a conditional model has no label, or no
   *     image can be used
   */
  @Override
  public TableResult run() {
    TrainedModel model =
        TrainedModel.of(storage, request.apply().output())
            .require(
                Encoder.class::isInstance,
                "compress",
                "has no encoder; train family autoencoder, vae, beta-vae or vae-gan");
    if (!(model.config().data().shape() instanceof ImageShape)) {
      throw new JobException(
          ExitCode.USAGE, "cannot compress: this model is one of rows of numbers, not of images");
    }
    requireLabels(model);
    Compression.Scale scale =
        model.can(Sampler.class::isInstance) ? Compression.Scale.PRIOR : Compression.Scale.RANGE;
    try (AppliedModel applied = AppliedModel.open(storage, model, request.apply(), "compress")) {
      LatentQuantizer quantizer =
          Compression.levels(applied.table(), applied.examples(), scale, request.step());
      ExampleCounts counts = applied.write(new CodeFunction(quantizer), TABLE);
      ExampleChunks some = applied.examples().some(COMPARED, counts.accepted());
      CompressionRecord record =
          Compression.compare(
              applied.table(), some, quantizer, model.config(), model.weights().weightsSha256());
      storage.publish(applied.address(RECORD), record.json());
      return applied.result(counts, record.text());
    }
  }

  /** A conditional model's decoder will be told them, long after the codes are written. */
  private void requireLabels(TrainedModel model) {
    if (model.config().model().classes() > 0) {
      ClassLabels.missing(model.data(request.apply().data().overrides()))
          .ifPresent(
              reason -> {
                throw new JobException(
                    ExitCode.INPUT,
                    "cannot compress: the decoder of a conditional model is told each example's class, but "
                        + reason);
              });
    }
  }
}
