package org.sparkgen.report;

import java.util.Arrays;

/** The middle of some numbers. */
public final class Median {
  private Median() {}

  /** The middle number, or the mean of the two middle ones; NaN of none. */
  public static double of(double[] numbers) {
    if (numbers.length == 0) {
      return Double.NaN;
    }
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
