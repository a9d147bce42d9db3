package org.sparkgen.evaluation;

/**
 * The squared maximum mean discrepancy between two sets of feature vectors, averaged over pairs of
 * blocks. Unbiased: its expectation is zero for two samples of one distribution, and it may be
 * negative.
 *
 * @param value the mean over the pairs
 * @param standardError of that mean; NaN for one pair
 * @param blocks pairs of blocks
 * @param blockSize rows in each block
 */
public record KernelDistance(double value, double standardError, long blocks, int blockSize) {
  /** Real rows that were compared. */
  public long real() {
    return blocks * blockSize;
  }

  /** Generated rows that were compared. */
  public long generated() {
    return blocks * blockSize;
  }
}
