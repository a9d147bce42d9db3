package org.sparkgen.evaluation;

import java.util.Arrays;

/**
 * Products and distances of rows with all rows of another set, in double precision: products of
 * single precision numbers are exact in it. What a pair gives depends on the two rows only, not on
 * the blocks they are in, and is the same when they change places; equal rows are at distance zero
 * exactly.
 */
final class RowProducts {
  /** Rows of the other set at a time: with a few hundred dimensions they fit the cache. */
  private static final int TILE = 128;

  private final FeatureRows rows;
  private final FeatureRows others;

  private RowProducts(FeatureRows rows, FeatureRows others) {
    Checks.same("dimensions", rows.dimensions(), others.dimensions());
    this.rows = rows;
    this.others = others;
  }

  /** Takes what one row gives with some of the other rows. */
  interface Taker {
    /**
     * Each pair is given once.
     *
     * @param row its index
     * @param first index of the first of the other rows
     * @param results one number per other row; overwritten afterwards
     * @param count how many of them
     */
    void take(int row, int first, double[] results, int count);
  }

  /** Inner products of the rows from {@code from} to before {@code to} with all others. */
  static void products(FeatureRows rows, int from, int to, FeatureRows others, Taker taker) {
    RowProducts products = new RowProducts(rows, others);
    for (int first = 0; first < others.count(); first += TILE) {
      products.tile(from, to, first, taker);
    }
  }

  private void tile(int from, int to, int first, Taker taker) {
    int count = Math.min(TILE, others.count() - first);
    int dimensions = rows.dimensions();
    double[][] turned = new double[dimensions][count];
    for (int j = 0; j < count; j++) {
      double[] other = others.row(first + j);
      for (int k = 0; k < dimensions; k++) {
        turned[k][j] = other[k];
      }
    }
    double[] sums = new double[count];
    for (int i = from; i < to; i++) {
      Arrays.fill(sums, 0);
      WeightedRows.add(rows.row(i), turned, dimensions, sums, 0, count);
      taker.take(i, first, sums, count);
    }
  }

  /**
   * Squared distances {@code |a|^2 + |b|^2 - 2 a.b}, at least 0. The error is a few 1e-16 of the
   * squared norms.
   */
  static void squaredDistances(
      FeatureRows rows, int from, int to, FeatureRows others, Taker taker) {
    double[] otherSquares = squares(others, 0, others.count());
    double[] squares = squares(rows, from, to);
    products(
        rows,
        from,
        to,
        others,
        (row, first, results, count) -> {
          for (int j = 0; j < count; j++) {
            double both = squares[row - from] + otherSquares[first + j];
            results[j] = Math.max(0, both - 2 * results[j]);
          }
          taker.take(row, first, results, count);
        });
  }

  private static double[] squares(FeatureRows rows, int from, int to) {
    double[] squares = new double[to - from];
    for (int i = from; i < to; i++) {
      double[] row = rows.row(i);
      squares[i - from] = WeightedRows.dot(row, row);
    }
    return squares;
  }
}
