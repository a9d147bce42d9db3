package org.sparkgen.job;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.report.CompressionRecord;
import org.sparkgen.spark.LatentCells;
import org.sparkgen.spark.LatentTable;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Turns the codes that {@link CompressJob} has written into PNG files. */
public final class DecompressJob implements Job<SampleResult> {
  private static final String IMAGES = "images";

  private final Storage storage;
  private final DecompressRequest request;

  /** A decompression. */
  public DecompressJob(Storage storage, DecompressRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Decompresses and writes.
   *
   * @throws JobException USAGE if the model is not the one that has written the codes or the target
   *     is taken; INPUT if there is no model, or there are no codes
   */
  @Override
  public SampleResult run() {
    TrainedModel model = DecodeJob.decoding(storage, request.output());
    TargetFolder.requireFree(storage, request.to());
    String address = Storage.resolve(request.codes(), CompressJob.RECORD);
    if (!storage.exists(address)) {
      throw new JobException(
          ExitCode.INPUT,
          "%s has no %s: name a folder that compress has written"
              .formatted(request.codes(), CompressJob.RECORD));
    }
    CompressionRecord codes = CompressionRecord.parse(storage.readText(address), address);
    requireSame(codes.weightsSha256(), model);
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("decompress"));
        LatentTable table =
            new LatentTable(
                spark.session(),
                Storage.resolve(request.codes(), CompressJob.TABLE),
                LatentCells.codes(codes.quantizer()),
                model.configuration(),
                model.weights(),
                model.preprocessing().scaling())) {
      long count = table.files(Storage.resolve(request.to(), IMAGES), "decompress");
      return new SampleResult(request.to(), count, model.round(), model.weights().weightsSha256());
    }
  }

  private void requireSame(String weights, TrainedModel model) {
    if (!weights.equals(model.weights().weightsSha256())) {
      throw new JobException(
          ExitCode.USAGE,
          "%s was written by a model with weights %s, but %s has %s: name the output that compress was given"
              .formatted(
                  request.codes(), weights, request.output(), model.weights().weightsSha256()));
    }
  }
}
