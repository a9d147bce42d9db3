package org.sparkgen.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * How scores are distributed.
 *
 * @param count number of scores
 * @param quantiles the scores at the shares {@link #SHARES}, in their order; empty without scores
 */
public record ScoreSummary(long count, List<Double> quantiles) {
  /** Shares of the scores that are at or below a quantile: from the lowest to the highest. */
  public static final List<Double> SHARES = List.of(0.0, 0.05, 0.5, 0.95, 0.99, 1.0);

  public ScoreSummary {
    quantiles = List.copyOf(quantiles);
  }

  /** Of scores in ascending order. */
  public static ScoreSummary of(double[] sorted) {
    return new ScoreSummary(
        sorted.length,
        sorted.length == 0
            ? List.of()
            : SHARES.stream().map(share -> quantile(sorted, share)).toList());
  }

  /** The nearest rank: the lowest score that the share is not above. */
  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /**
   * The share of scores below a score, 0 to 1; equal ones count half.
   *
   * @param sorted in ascending order, at least one
   */
  public static double shareBelow(double[] sorted, double score) {
    return (first(sorted, score, 0) + first(sorted, score, 1)) / (2.0 * sorted.length);
  }

  /** The number of scores below a score, or with {@code orEqual} 1, not above it. */
  private static int first(double[] sorted, double score, int orEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = Double.compare(sorted[middle], score);
      if (order < 0 || (order == 0 && orEqual == 1)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The scores in ascending order. */
  public static double[] sorted(List<Double> scores) {
    double[] sorted = scores.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
