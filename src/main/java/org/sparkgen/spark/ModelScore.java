package org.sparkgen.spark;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.evaluation.LogMeanExponential;
import org.sparkgen.model.LikelihoodEstimator;
import org.sparkgen.model.Trainable;

/** A score that the model gives without looking at training examples. */
public final class ModelScore implements ExampleScore {
  private static final long serialVersionUID = 1L;

  private final AnomalyScore score;
  private final int samples;
  private final long seed;

  /**
   * A score of one of the kinds that don't compare with training examples.
   *
   * @param samples latent samples per example, at least 1, where the score is estimated by them
   * @param seed source of their noise, which depends on it and on the example's id only
   */
  public ModelScore(AnomalyScore score, int samples, long seed) {
    if (score.comparesWithTraining()) {
      throw new IllegalArgumentException(score + " is no affair of the model alone");
    }
    this.score = score;
    this.samples = samples;
    this.seed = seed;
  }

  @Override
  public double[] of(Trainable model, ExampleBlock block, Batch batch) {
    return switch (score) {
      case NEGATIVE_ELBO -> negativeElbo((LikelihoodEstimator) model, block, batch);
      case NEGATIVE_LOG_LIKELIHOOD ->
          negativeLogLikelihood((LikelihoodEstimator) model, block, batch);
      case RECONSTRUCTION -> reconstruction(model, batch);
      case ENCODER_DISTANCE, DISCRIMINATOR_DISTANCE -> throw new IllegalStateException();
    };
  }

  @Override
  public boolean isGivenClasses() {
    return true;
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
