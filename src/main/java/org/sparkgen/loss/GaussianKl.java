package org.sparkgen.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Kullback-Leibler divergence of a diagonal Gaussian from the standard normal (Kingma and Welling
 * 2013, appendix B): {@code sum over dimensions of (mu^2 + exp(v) - 1 - v) / 2} with v = log
 * variance, in nats. Arrays are {@code [N,L]}.
 */
public final class GaussianKl {
  private GaussianKl() {}

  /** Sum over all examples and dimensions. */
  public static double value(INDArray mean, INDArray logVariance) {
    INDArray terms = Transforms.exp(logVariance, true).subi(1).subi(logVariance);
    terms.addi(mean.mul(mean));
    return 0.5 * terms.sumNumber().doubleValue();
  }

  /** Gradient of {@code scale} times the value in the mean: {@code scale mu}; a new array. */
  public static INDArray meanGradient(INDArray mean, double scale) {
    return mean.mul(scale);
  }

  /**
   * Gradient of {@code scale} times the value in the log variance: {@code scale (exp(v) - 1) / 2};
   * a new array.
   */
  public static INDArray logVarianceGradient(INDArray logVariance, double scale) {
    return Transforms.exp(logVariance, true).subi(1).muli(0.5 * scale);
  }
}
