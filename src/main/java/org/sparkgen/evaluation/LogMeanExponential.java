package org.sparkgen.evaluation;

import java.util.Arrays;

/**
 * The logarithm of the mean of importance weights, for a batch of examples, from log weights that
 * arrive a few samples at a time. Nothing overflows or vanishes: every sum is kept relative to its
 * largest weight.
 *
 * <p>With weights {@code p(x, z) / q(z|x)}, z from q, this estimates log p(x) from below (Burda,
 * Grosse and Salakhutdinov, "Importance weighted autoencoders", 2015, section 3).
 */
public final class LogMeanExponential {
  private final double[] largest;
  private final double[] sums;
  private final long[] samples;

  /** No samples yet of the given number of examples. */
  public LogMeanExponential(int examples) {
    largest = new double[examples];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    sums = new double[examples];
    samples = new long[examples];
  }

  /** Adds one sample of one example; minus infinity is a weight of zero, NaN stays NaN. */
  public void add(int example, double logWeight) {
    samples[example]++;
    if (logWeight == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (logWeight <= largest[example]) {
      sums[example] += Math.exp(logWeight - largest[example]);
    } else {
      sums[example] = 1 + sums[example] * Math.exp(largest[example] - logWeight);
      largest[example] = logWeight;
    }
  }

  /**
   * Samples per example.
   *
   * @throws IllegalStateException if not all examples have the same number, or there are none
   */
  public long samples() {
    long first = samples.length == 0 ? 0 : samples[0];
    if (first == 0 || Arrays.stream(samples).anyMatch(count -> count != first)) {
      throw new IllegalStateException(
          "every example needs the same number of samples, at least 1: found "
              + Arrays.toString(samples));
    }
    return first;
  }

  /** Per example, the log of the mean weight, in nats; minus infinity if all weights are zero. */
  public double[] values() {
    double[] values = new double[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = largest[i] + Math.log(sums[i] / samples[i]);
    }
    return values;
  }
}
