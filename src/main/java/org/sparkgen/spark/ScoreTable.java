package org.sparkgen.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.evaluation.ScoreSummary;
import org.sparkgen.evaluation.Separation;
import org.sparkgen.report.ScoreRecord;
import scala.Tuple2;

/** What is to be told of written scores. */
public final class ScoreTable {
  private static final int STRANGEST = 10;
  private static final int CLASSES_SHOWN = 20;

  /** Relative error of a quantile's rank; 0 would be exact, and sort. */
  private static final double RANK_ERROR = 0.0001;

  private final Dataset<Row> scores;

  /** Scores that {@link ScoreFunction} has written. */
  public ScoreTable(SparkSession session, String uri) {
    this.scores = session.read().parquet(uri).where("error is null");
  }

  /** How they are distributed; there is at least one. */
  public ScoreSummary summary() {
    double[] shares = ScoreSummary.SHARES.stream().mapToDouble(Double::doubleValue).toArray();
    double[] quantiles = scores.stat().approxQuantile(ScoreFunction.SCORE, shares, RANK_ERROR);
    return new ScoreSummary(scores.count(), Arrays.stream(quantiles).boxed().toList());
  }

  /** The highest, of equal ones in the order of their files. */
  public List<ScoreRecord.Scored> strangest() {
    return scores
        .orderBy(
            functions.col(ScoreFunction.SCORE).desc(),
            functions.col("file"),
            functions.col("index"))
        .limit(STRANGEST)
        .select(
            functions.col("file"),
            functions.col("index"),
            functions.coalesce(functions.col("class"), functions.col("label").cast("string")),
            functions.col(ScoreFunction.SCORE),
            functions.col(ScoreFunction.QUANTILE))
        .collectAsList()
        .stream()
        .map(
            row ->
                new ScoreRecord.Scored(
                    row.getString(0),
                    row.getLong(1),
                    Optional.ofNullable(row.getString(2)),
                    row.getDouble(3),
                    row.isNullAt(4) ? Optional.empty() : Optional.of(row.getDouble(4))))
        .toList();
  }

  /** A name before a number: folders may be called by numbers, other ones than their classes'. */
  private static Column is(String foreign, List<String> classNames) {
    return classNames.contains(foreign)
        ? functions.coalesce(functions.col("class").equalTo(foreign), functions.lit(false))
        : functions.col("label").cast("string").equalTo(foreign);
  }

  /** The first class numbers that examples have. */
  private List<String> numbers() {
    return scores
        .where("label is not null")
        .select(functions.col("label"))
        .distinct()
        .orderBy("label")
        .limit(CLASSES_SHOWN)
        .collectAsList()
        .stream()
        .map(row -> Integer.toString(row.getInt(0)))
        .toList();
  }

  /**
   * How the score tells a class from all others.
   *
   * @param foreign name of the class, or its number
   * @param classNames names of the classes in the order of their numbers
   * @throws JobException INPUT unless there are examples of this class and of others
   */
  public Separation separation(String foreign, List<String> classNames) {
    Dataset<Row> labelled =
        scores
            .where("label is not null")
            .select(functions.col(ScoreFunction.SCORE), is(foreign, classNames).cast("double"));
    long all = labelled.count();
    long strange = labelled.where(labelled.col(labelled.columns()[1]).equalTo(1.0)).count();
    if (strange == 0 || strange == all) {
      throw new JobException(
          ExitCode.INPUT,
          "--foreign %s: of %,d examples with a label %,d are of this class, but both it and others are needed; classes are %s"
              .formatted(
                  foreign,
                  all,
                  strange,
                  String.join(", ", classNames.isEmpty() ? numbers() : classNames)));
    }
    BinaryClassificationMetrics metrics =
        new BinaryClassificationMetrics(
            labelled
                .toJavaRDD()
                .<Tuple2<Object, Object>>map(
                    row -> new Tuple2<>((Object) row.getDouble(0), (Object) row.getDouble(1)))
                .rdd(),
            0);
    return new Separation(metrics.areaUnderROC(), strange, all - strange);
  }
}
