package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.evaluation.LogMeanExponential;
import org.sparkgen.evaluation.ScoreSummary;
import org.sparkgen.model.LikelihoodEstimator;
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

  private final AnomalyScore score;
  private final int samples;
  private final long seed;
  private final double[] reference;

  /**
   * A score that the model can give.
   *
   * @param samples latent samples per example, at least 1, where the score is estimated by them
   * @param seed source of their noise, which depends on it and on the example's id only
   */
  public ScoreFunction(AnomalyScore score, int samples, long seed) {
    this(score, samples, seed, new double[0]);
  }

  private ScoreFunction(AnomalyScore score, int samples, long seed, double[] reference) {
    this.score = score;
    this.samples = samples;
    this.seed = seed;
    this.reference = reference;
  }

  /**
   * The same score, compared with others.
   *
   * @param sorted scores of training examples in ascending order; empty for none; not copied
   */
  public ScoreFunction comparedWith(double[] sorted) {
    return new ScoreFunction(score, samples, seed, sorted);
  }

  @Override
  public List<StructField> columns() {
    return List.of(
        DataTypes.createStructField(SCORE, DataTypes.DoubleType, true),
        DataTypes.createStructField(QUANTILE, DataTypes.DoubleType, true));
  }

  @Override
  public boolean isGivenClasses() {
    return true;
  }

  @Override
  public List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch) {
    double[] scores =
        switch (score) {
          case NEGATIVE_ELBO -> negativeElbo((LikelihoodEstimator) model, block, batch);
          case NEGATIVE_LOG_LIKELIHOOD ->
              negativeLogLikelihood((LikelihoodEstimator) model, block, batch);
          case RECONSTRUCTION -> reconstruction(model, batch);
        };
    List<Object[]> rows = new ArrayList<>(scores.length);
    for (double value : scores) {
      Double quantile = reference.length == 0 ? null : ScoreSummary.shareBelow(reference, value);
      rows.add(new Object[] {value, quantile});
    }
    return rows;
  }

  private double[] negativeElbo(LikelihoodEstimator model, ExampleBlock block, Batch batch) {
    double[] sums = new double[batch.size()];
    draw(model, block, batch, (example, logWeight) -> sums[example] -= logWeight / samples);
    return sums;
  }

  private double[] negativeLogLikelihood(
      LikelihoodEstimator model, ExampleBlock block, Batch batch) {
    LogMeanExponential weights = new LogMeanExponential(batch.size());
    draw(model, block, batch, weights::add);
    return Arrays.stream(weights.values()).map(value -> -value).toArray();
  }

  private void draw(
      LikelihoodEstimator model,
      ExampleBlock block,
      Batch batch,
      LikelihoodEstimator.Receiver receiver) {
    long[] ids = block.ids();
    model.logWeights(batch, samples, place -> SplitMix64.mix(seed ^ ids[place]), receiver);
  }

  private static double[] reconstruction(Trainable model, Batch batch) {
    Reconstruction reconstruction = Reconstruction.of(model, batch);
    return IntStream.range(0, batch.size()).mapToDouble(reconstruction::squaredError).toArray();
  }
}
