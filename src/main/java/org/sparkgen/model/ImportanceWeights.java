package org.sparkgen.model;

/** Log weights of several samples per example: row r is of example r modulo N. */
final class ImportanceWeights {
  private final double[] largest;
  private final double[] sums;

  /** Relative to the example's largest. */
  private final double[] weights;

  /**
   * Weights of a batch.
   *
   * @param logWeights in nats; kept and overwritten
   * @param examples N
   */
  ImportanceWeights(double[] logWeights, int examples) {
    weights = logWeights;
    largest = new double[examples];
    sums = new double[examples];
    for (int r = 0; r < weights.length; r++) {
      int example = r % examples;
      largest[example] = r < examples ? weights[r] : Math.max(largest[example], weights[r]);
    }
    for (int r = 0; r < weights.length; r++) {
      weights[r] = Math.exp(weights[r] - largest[r % examples]);
      sums[r % examples] += weights[r];
    }
  }

  /** The mean over the examples of the log of their mean weight. */
  double meanLogMean() {
    double samples = (double) weights.length / sums.length;
    double sum = 0;
    for (int example = 0; example < sums.length; example++) {
      sum += largest[example] + Math.log(sums[example] / samples);
    }
    return sum / sums.length;
  }

  /** Every weight's share of its example's, times a factor. */
  double[] sharesTimes(double factor) {
    double[] shares = new double[weights.length];
    for (int r = 0; r < shares.length; r++) {
      shares[r] = factor * weights[r] / sums[r % sums.length];
    }
    return shares;
  }
}
