package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.loss.RowLikelihood;
import org.sparkgen.nn.Numbers;

/**
 * The mean over a batch of {@code -log((1/k) sum of w_i)} with k samples z_i per example and {@code
 * log w_i = log p(x|z_i) + beta (log p(z_i) - log q(z_i|x))} (Burda, Grosse and Salakhutdinov
 * 2015). Its gradient is that of the log weights, each times its share of the example's weights.
 */
final class ImportanceWeightedBound implements LatentObjective {
  private final RowLikelihood likelihood;
  private final INDArray raw;
  private final INDArray target;
  private final LatentGaussian latent;
  private final double beta;
  private final double[] reconstructions;
  private final ImportanceWeights weights;

  /**
   * The bound at a batch.
   *
   * @param raw the decoder's raw output of every sample, {@code [k N, ...]}
   * @param target the examples, {@code [N,F]}
   */
  ImportanceWeightedBound(
      RowLikelihood likelihood, INDArray raw, INDArray target, LatentGaussian latent, double beta) {
    this.likelihood = likelihood;
    this.raw = raw;
    this.target = target;
    this.latent = latent;
    this.beta = beta;
    this.reconstructions = Numbers.of(likelihood.valuesInPlace(rows().dup('c'), target));
    double[] logWeights = latent.logRatios();
    for (int i = 0; i < logWeights.length; i++) {
      logWeights[i] = beta * logWeights[i] - reconstructions[i];
    }
    this.weights = new ImportanceWeights(logWeights, Math.toIntExact(target.size(0)));
  }

  private INDArray rows() {
    return raw.reshape('c', raw.size(0), target.size(1));
  }

  @Override
  public StepReport report() {
    double reconstruction = 0;
    for (double each : reconstructions) {
      reconstruction += each / reconstructions.length;
    }
    return StepReport.ofBound(-weights.meanLogMean(), reconstruction, latent.kl() / target.size(0));
  }

  @Override
  public INDArray errorInPlace() {
    double[] scaled = weights.sharesTimes(1.0 / target.size(0));
    INDArray column = Numbers.array(raw.dataType(), scaled, scaled.length, 1);
    likelihood.gradientInPlace(rows(), target, column);
    return raw;
  }

  @Override
  public INDArray encodedError(INDArray inputError) {
    return latent.backwardThroughRatios(inputError, weights.sharesTimes(-beta / target.size(0)));
  }
}
