package org.sparkgen.evaluation;

import java.io.Serializable;

/**
 * Mean and spread of numbers, mergeable (Chan, Golub and LeVeque, "Updating formulae and a pairwise
 * algorithm for computing sample variances", 1979).
 */
final class RunningMean implements Serializable {
  private static final long serialVersionUID = 1L;

  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
  }

  void merge(RunningMean other) {
    if (other.count == 0) {
      return;
    }
    double together = (double) count + other.count;
    double difference = other.mean - mean;
    mean += difference * (other.count / together);
    squares += other.squares + difference * difference * (count * (other.count / together));
    count += other.count;
  }

  long count() {
    return count;
  }

  /** NaN if nothing was added. */
  double mean() {
    return count == 0 ? Double.NaN : mean;
  }

  /** The unbiased estimate, divided by n - 1; NaN for fewer than two numbers. */
  double variance() {
    return count < 2 ? Double.NaN : squares / (count - 1);
  }

  /** Of the mean; NaN for fewer than two numbers. */
  double standardError() {
    return Math.sqrt(variance() / count);
  }
}
