package org.sparkgen.evaluation;

import java.io.Serializable;
import org.sparkgen.config.JobException;

/**
 * Kernel distances of pairs of blocks, mergeable. Merged in the same order, the result is the same
 * to the bit.
 *
 * <p>Each pair gives the unbiased estimate of the squared maximum mean discrepancy with the kernel
 * {@code (x.y / d + 1)^3}, d the number of dimensions (Binkowski et al., "Demystifying MMD GANs",
 * 2018). Blocks are independent only if rows are in random order; see {@link FeatureRows#shuffled}.
 */
public final class KernelDistanceSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int blockSize;
  private final RunningMean blocks = new RunningMean();

  /**
   * Sums of no blocks.
   *
   * @param blockSize rows in each block, at least 2
   */
  public KernelDistanceSums(int blockSize) {
    if (blockSize < 2) {
      throw new IllegalArgumentException("a block has at least 2 rows, found " + blockSize);
    }
    this.blockSize = blockSize;
  }

  /**
   * Cuts both sets into blocks from their first rows on, and adds each pair. Rows that fill no
   * block, or whose block has no partner, are left out, and not counted in the result.
   */
  public void add(FeatureRows real, FeatureRows generated) {
    int pairs = Math.min(real.count(), generated.count()) / blockSize;
    for (int pair = 0; pair < pairs; pair++) {
      int from = pair * blockSize;
      int to = from + blockSize;
      blocks.add(discrepancy(real.range(from, to), generated.range(from, to)));
    }
  }

  private static double discrepancy(FeatureRows x, FeatureRows y) {
    double n = x.count();
    double within = betweenDifferentRows(x) + betweenDifferentRows(y);
    return within / (n * (n - 1)) - 2 * sum(x, y) / (n * n);
  }

  private static double betweenDifferentRows(FeatureRows rows) {
    double sum = sum(rows, rows);
    for (int i = 0; i < rows.count(); i++) {
      double[] row = rows.row(i);
      sum -= kernel(WeightedRows.dot(row, row), rows.dimensions());
    }
    return sum;
  }

  private static double sum(FeatureRows x, FeatureRows y) {
    double[] sum = new double[1];
    RowProducts.products(
        x,
        0,
        x.count(),
        y,
        (row, first, products, count) -> {
          double part = 0;
          for (int j = 0; j < count; j++) {
            part += kernel(products[j], x.dimensions());
          }
          sum[0] += part;
        });
    return sum[0];
  }

  private static double kernel(double product, int dimensions) {
    double base = product / dimensions + 1;
    return base * base * base;
  }

  /** Adds the pairs of another part, of blocks of the same size. */
  public void merge(KernelDistanceSums other) {
    Checks.same("rows in a block", blockSize, other.blockSize);
    blocks.merge(other.blocks);
  }

  /** Pairs of blocks added so far. */
  public long blocks() {
    return blocks.count();
  }

  /**
   * The mean over the pairs.
   *
   * @throws JobException if there are none: both sets need at least one block of rows
   */
  public KernelDistance result() {
    Checks.atLeast(
        1, blocks(), "the kernel distance", "pair of blocks of " + blockSize + " rows each");
    return new KernelDistance(blocks.mean(), blocks.standardError(), blocks(), blockSize);
  }
}
