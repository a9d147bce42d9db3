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
import org.sparkgen.spark.ExampleScore;
import org.sparkgen.spark.ModelScore;
import org.sparkgen.spark.ScoreFunction;
import org.sparkgen.spark.ScoreTable;
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
    TrainedModel model = TrainedModel.of(storage, request.apply().output());
    AnomalyScore score = ScoreChoice.of(model.config(), request.score());
    if (score.comparesWithTraining()) {
      ScoreChoice.requireNeighbours(score, model.trainingExamples());
    }
    try (AppliedModel applied = AppliedModel.open(storage, model, request.apply(), "score")) {
      request.foreign().ifPresent(f -> requireForeign(f, model, applied));
      ScoreFunction plain = new ScoreFunction(score(score, model, applied));
      double[] reference = reference(model, applied, plain);
      ExampleCounts counts = applied.write(plain.comparedWith(reference), TABLE);
      ScoreTable scores = new ScoreTable(applied.session(), applied.address(TABLE));
      ScoreRecord record =
          new ScoreRecord(
              request.apply().output(),
              model.round(),
              model.weights().weightsSha256(),
              Keyword.of(score),
              scores.summary(),
              Optional.of(reference).filter(r -> r.length > 0).map(ScoreSummary::of),
              scores.strangest(),
              request.foreign().map(f -> scores.separation(f, applied.examples().classNames())));
      storage.publish(applied.address(SUMMARY), record.json());
      return applied.result(counts, record.text());
    }
  }

  private void requireForeign(String foreign, TrainedModel model, AppliedModel applied) {
    DataConfig data = model.data(request.apply().data().overrides());
    ForeignClass.require(foreign, data, applied.examples().classNames());
  }

  private ExampleScore score(AnomalyScore score, TrainedModel model, AppliedModel applied) {
    if (!score.comparesWithTraining()) {
      return new ModelScore(score, request.samples(), ScoreChoice.seed(model.config()));
    }
    int most = ScoreChoice.among(model.config(), score, request.among());
    return applied.table().distanceTo(training(model, applied, most), score);
  }

  /** Scores of training examples in ascending order. */
  private double[] reference(TrainedModel model, AppliedModel applied, ScoreFunction function) {
    if (request.reference() == 0) {
      return new double[0];
    }
    ExampleChunks examples = training(model, applied, request.reference());
    return ScoreSummary.sorted(
        applied.table().numbers(examples, function, "score training examples"));
  }

  /** About so many training examples, always the same. */
  private static ExampleChunks training(TrainedModel model, AppliedModel applied, int most) {
    DataConfig data = model.data(DataRequest.ofTraining().overrides());
    return ExampleChunks.of(applied.session(), data, model.preprocessing())
        .some(most, model.trainingExamples());
  }
}
