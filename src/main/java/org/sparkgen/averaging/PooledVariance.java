package org.sparkgen.averaging;

/**
 * Means and variances of groups combined into those of the union.
 *
 * <p>Law of total variance: the variance of the union is the mean of the variances plus the
 * variance of the means, {@code sum(n_i (v_i + m_i^2)) / n - m^2}. Computed as squared deviations
 * that are merged pairwise (Chan, Golub, LeVeque, 1979), which is the same number without the
 * cancellation of that difference: it can't fall below zero, and one group alone comes out bit for
 * bit.
 */
public final class PooledVariance {
  private final double[] means;
  private final double[] deviations;
  private long examples;

  /** An empty union of groups with the given number of features. */
  public PooledVariance(int features) {
    means = new double[features];
    deviations = new double[features];
  }

  /**
   * Adds a group; one of no examples weighs nothing.
   *
   * @param count examples in the group, at least 0
   * @param moments the means of all features, then their (population) variances; not kept
   * @throws IllegalArgumentException for another length or a negative count
   */
  public void add(long count, float[] moments) {
    Shapes.requireCount(count);
    Shapes.requireLength(2 * means.length, moments.length);
    for (int i = 0; i < means.length; i++) {
      combine(i, count, moments[i], count * Math.max(0.0, moments[means.length + i]));
    }
    examples += count;
  }

  private void combine(int feature, long count, double mean, double deviation) {
    if (count == 0) {
      return;
    }
    if (examples == 0) {
      means[feature] = mean;
      deviations[feature] = deviation;
      return;
    }
    double total = (double) examples + count;
    double difference = mean - means[feature];
    means[feature] += difference * (count / total);
    deviations[feature] += deviation + difference * difference * (examples * (count / total));
  }

  /** Examples in all groups so far. */
  public long examples() {
    return examples;
  }

  /**
   * The population variance of each feature over the union; never below zero.
   *
   * @throws IllegalStateException if nothing was added
   */
  public float[] variances() {
    Shapes.requireSome(examples);
    float[] result = new float[means.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (deviations[i] / examples);
    }
    return result;
  }
}
