package org.sparkgen.job;

import java.util.List;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.ExampleOrigin;
import org.sparkgen.spark.ExampleShards;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Trains a model on a table's rows, as {@link TrainJob} does on files, and hands it over. */
public final class FitJob implements Job<FittedModel> {
  private final RunConfig config;
  private final Storage storage;
  private final ExampleOrigin examples;

  /** A training of a configuration on examples that are not in files. */
  public FitJob(RunConfig config, Storage storage, ExampleOrigin examples) {
    this.config = config;
    this.storage = storage;
    this.examples = examples;
  }

  /**
   * Trains, from wherever an earlier start has left off.
   *
   * @throws JobException as {@link TrainJob#run}, and INPUT if the output holds a finished training
   *     on other examples
   */
  @Override
  public FittedModel run() {
    TrainResult result =
        new TrainJob(config, OverwritePolicy.REFUSE, storage, List.of(), examples).run();
    if (result.ending() == TrainResult.Ending.ALREADY_COMPLETE) {
      requireSameExamples(result.output());
    }
    return FittedModel.ofOutput(storage, result.output());
  }

  private void requireSameExamples(String output) {
    String before = PastRun.of(storage, output).record().data().fingerprint();
    try (SparkEnvironment spark = SparkEnvironment.open("sparkgen " + config.run().name());
        ExampleShards now = ExampleShards.load(spark.session(), config.data(), examples)) {
      if (!now.fingerprint().equals(before)) {
        throw new JobException(
            ExitCode.INPUT,
            "%s holds a finished training of the same configuration on other examples (fingerprint %s, now %s): name another output, or none"
                .formatted(output, before, now.fingerprint()));
      }
    }
  }
}
