package org.sparkgen.loss;

/**
 * Kullback-Leibler divergence of a diagonal Gaussian from the standard normal (Kingma and Welling
 * 2013, appendix B): {@code sum over dimensions of (mu^2 + exp(v) - 1 - v) / 2} with v = log
 * variance, in nats.
 *
 * <p>On Java numbers: a batch has few latent ones, fewer than an array operation is worth.
 */
public final class GaussianKl {
  private GaussianKl() {}

  /** The share of one dimension of one example. */
  public static double value(double mean, double logVariance) {
    return 0.5 * (mean * mean + Math.expm1(logVariance) - logVariance);
  }

  /** Derivative in the mean. */
  public static double meanGradient(double mean) {
    return mean;
  }

  /** Derivative in the log variance: {@code (exp(v) - 1) / 2}. */
  public static double logVarianceGradient(double logVariance) {
    return 0.5 * Math.expm1(logVariance);
  }
}
