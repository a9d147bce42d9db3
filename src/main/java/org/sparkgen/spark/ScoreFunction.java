package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.ScoreSummary;
import org.sparkgen.model.Trainable;

/**
 * An anomaly score of each example: the column {@code score}, higher for stranger examples, and
 * {@code quantile}, the share of training examples with lower scores, if there are any to compare
 * with.
 */
public final class ScoreFunction implements ExampleFunction {
  /** The column of scores. */
  public static final String SCORE = "score";

  /** The column of shares of training examples with lower scores. */
  public static final String QUANTILE = "quantile";

  private static final long serialVersionUID = 1L;

  private final ExampleScore score;
  private final double[] reference;

  /** A score that the model can give. */
  public ScoreFunction(ExampleScore score) {
    this(score, new double[0]);
  }

  private ScoreFunction(ExampleScore score, double[] reference) {
    this.score = score;
    this.reference = reference;
  }

  /**
   * The same score, compared with others.
   *
   * @param sorted scores of training examples in ascending order; empty for none; not copied
   */
  public ScoreFunction comparedWith(double[] sorted) {
    return new ScoreFunction(score, sorted);
  }

  @Override
  public List<StructField> columns() {
    return List.of(
        DataTypes.createStructField(SCORE, DataTypes.DoubleType, true),
        DataTypes.createStructField(QUANTILE, DataTypes.DoubleType, true));
  }

  @Override
  public boolean isGivenClasses() {
    return score.isGivenClasses();
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    double[] scores = score.of(model, block, batch);
    List<Object[]> rows = new ArrayList<>(scores.length);
    for (double value : scores) {
      Double quantile = reference.length == 0 ? null : ScoreSummary.shareBelow(reference, value);
      rows.add(new Object[] {value, quantile});
    }
    return rows;
  }
}
