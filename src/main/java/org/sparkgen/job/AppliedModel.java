package org.sparkgen.job;

import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Reject;
import org.sparkgen.spark.ExampleChunks;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.ExampleFunction;
import org.sparkgen.spark.ModelTable;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** A trained model at work on examples, in a Spark application of its own. */
final class AppliedModel implements AutoCloseable {
  private final TrainedModel model;
  private final String command;
  private final String target;
  private final SparkEnvironment spark;
  private final ModelTable table;
  private final ExampleChunks examples;

  private AppliedModel(
      TrainedModel model,
      String command,
      String target,
      SparkEnvironment spark,
      ModelTable table,
      ExampleChunks examples) {
    this.model = model;
    this.command = command;
    this.target = target;
    this.spark = spark;
    this.table = table;
    this.examples = examples;
  }

  /**
   * Starts Spark, sends the model to it and lists the examples.
   *
   * @param model that can do what it shall
   * @param command a verb
   * @throws JobException USAGE if the target is taken; INPUT if the model has no checkpoint yet, or
   *     there are no examples
   */
  static AppliedModel open(
      Storage storage, TrainedModel model, ApplyRequest request, String command) {
    TargetFolder.requireFree(storage, request.to());
    DataConfig data = model.data(request.data().overrides());
    model.weights();
    SparkEnvironment spark = SparkEnvironment.open(model.application(command));
    try {
      SparkSession session = spark.session();
      return new AppliedModel(
          model,
          command,
          request.to(),
          spark,
          new ModelTable(session, model.configuration(), model.weights()),
          ExampleChunks.of(session, data, model.preprocessing()));
    } catch (RuntimeException e) {
      spark.close();
      throw e;
    }
  }

  SparkSession session() {
    return spark.session();
  }

  ModelTable table() {
    return table;
  }

  ExampleChunks examples() {
    return examples;
  }

  /** Where a file below the target is. */
  String address(String file) {
    return Storage.resolve(target, file);
  }

  /**
   * Writes what a function says of each example, as Parquet.
   *
   * @param file name below the target
   * @throws JobException INPUT if no example can be used
   */
  ExampleCounts write(ExampleFunction function, String file) {
    return table.write(examples, function, address(file), command);
  }

  /**
   * What the job has to say at its end.
   *
   * @param text lines for a terminal; may be empty
   */
  TableResult result(ExampleCounts counts, String text) {
    return new TableResult(
        target,
        counts.accepted(),
        counts.rejected(),
        model.round(),
        model.weights().weightsSha256(),
        text + unread(counts));
  }

  private static String unread(ExampleCounts counts) {
    if (counts.rejected() == 0) {
      return "";
    }
    StringBuilder lines = new StringBuilder("\nCan't be used:\n");
    for (Reject reject : counts.sample()) {
      lines.append("  %s: %s%n".formatted(reject.path(), reject.reason()));
    }
    return lines.toString();
  }

  @Override
  public void close() {
    table.close();
    spark.close();
  }
}
