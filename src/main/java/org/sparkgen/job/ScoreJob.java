package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.evaluation.ScoreSummary;
import org.sparkgen.report.ScoreRecord;
import org.sparkgen.spark.ExampleChunks;
import org.sparkgen.spark.ExampleCounts;
import org.sparkgen.spark.ModelTable;
import org.sparkgen.spark.ScoreFunction;
import org.sparkgen.spark.ScoreTable;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Scores how strange examples are to a model, and compares that with its training examples. */
public final class ScoreJob implements Job<TableResult> {
  private static final String TABLE = "scores.parquet";
  private static final String SUMMARY = "scores.json";

  private final Storage storage;
  private final ScoreRequest request;

  /** A scoring. */
  public ScoreJob(Storage storage, ScoreRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Scores and writes.
   *
   * @throws JobException USAGE if the model can't give the score or the target is taken; INPUT if
   *     there is no model, or no example can be used
   */
  @Override
  public TableResult run() {
    TrainedModel model = TrainedModel.of(storage, request.output());
    TargetFolder.requireFree(storage, request.to());
    AnomalyScore score = ScoreChoice.of(model.config(), request.score());
    DataConfig data = model.data(request.data().overrides());
    ScoreFunction plain =
        new ScoreFunction(score, request.samples(), ScoreChoice.seed(model.config()));
    String uri = Storage.resolve(request.to(), TABLE);
    try (SparkEnvironment spark = SparkEnvironment.open(model.application("score"));
        ModelTable table =
            new ModelTable(spark.session(), model.configuration(), model.weights())) {
      ExampleChunks examples = ExampleChunks.of(spark.session(), data, model.preprocessing());
      double[] reference = reference(model, spark, table, plain);
      ExampleCounts counts = table.write(examples, plain.comparedWith(reference), uri, "score");
      ScoreTable scores = new ScoreTable(spark.session(), uri);
      ScoreRecord record =
          new ScoreRecord(
              request.output(),
              model.round(),
              model.weights().weightsSha256(),
              Keyword.of(score),
              scores.summary(),
              Optional.of(reference).filter(r -> r.length > 0).map(ScoreSummary::of),
              scores.strangest(),
              request.foreign().map(f -> scores.separation(f, examples.classNames())));
      storage.publish(Storage.resolve(request.to(), SUMMARY), record.json());
      return new TableResult(
          request.to(),
          counts.accepted(),
          counts.rejected(),
          model.round(),
          model.weights().weightsSha256(),
          record.text());
    }
  }

  /** Scores of training examples in ascending order. */
  private double[] reference(
      TrainedModel model, SparkEnvironment spark, ModelTable table, ScoreFunction function) {
    if (request.reference() == 0) {
      return new double[0];
    }
    DataConfig training = model.data(DataRequest.ofTraining().overrides());
    ExampleChunks examples =
        ExampleChunks.of(spark.session(), training, model.preprocessing())
            .some(request.reference(), model.trainingExamples());
    return ScoreSummary.sorted(table.numbers(examples, function, "score training examples"));
  }
}
