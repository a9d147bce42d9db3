package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import org.sparkgen.config.JobException;

/**
 * Mean and covariance of feature vectors, mergeable. Merged in the same order, the result is the
 * same to the bit.
 *
 * <p>Deviations from the mean are summed, never raw squares, and parts are merged by the formula of
 * Chan, Golub and LeVeque (1979): a mean that is large beside the spread costs no precision.
 */
public final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows centred at a time, and columns of the covariance summed at a time: fits the cache. */
  private static final int ROWS = 128;

  private static final int COLUMNS = 256;

  private final double[] mean;

  /** Row i holds the summed products of deviations of dimension i with i, i + 1, and so on. */
  private final double[][] products;

  private long count;

  /** Moments of no vectors. */
  public FeatureMoments(int dimensions) {
    mean = new double[dimensions];
    products = new double[dimensions][];
    for (int i = 0; i < dimensions; i++) {
      products[i] = new double[dimensions - i];
    }
  }

  /** Adds rows, of as many dimensions. */
  public void add(FeatureRows rows) {
    Checks.same("dimensions", mean.length, rows.dimensions());
    for (int from = 0; from < rows.count(); from += ROWS) {
      addBlock(rows, from, Math.min(rows.count(), from + ROWS));
    }
  }

  private void addBlock(FeatureRows rows, int from, int to) {
    double[][] centred = new double[to - from][];
    double[] blockMean = new double[mean.length];
    for (int r = 0; r < centred.length; r++) {
      centred[r] = rows.row(from + r);
      WeightedRows.add(1, centred[r], blockMean, 0, mean.length);
    }
    for (int i = 0; i < mean.length; i++) {
      blockMean[i] /= centred.length;
    }
    for (double[] row : centred) {
      WeightedRows.add(-1, blockMean, row, 0, mean.length);
    }
    addProducts(centred);
    shift(blockMean, centred.length);
  }

  private void addProducts(double[][] centred) {
    double[] factors = new double[centred.length];
    double[] sums = new double[mean.length];
    for (int from = 0; from < mean.length; from += COLUMNS) {
      int to = Math.min(mean.length, from + COLUMNS);
      for (int i = 0; i < to; i++) {
        int first = Math.max(i, from);
        for (int r = 0; r < factors.length; r++) {
          factors[r] = centred[r][i];
        }
        Arrays.fill(sums, first, to, 0);
        WeightedRows.add(factors, centred, factors.length, sums, first, to);
        for (int j = first; j < to; j++) {
          products[i][j - i] += sums[j];
        }
      }
    }
  }

  /** Adds the vectors of another part, of as many dimensions. */
  public void merge(FeatureMoments other) {
    Checks.same("dimensions", mean.length, other.mean.length);
    if (other.count == 0) {
      return;
    }
    for (int i = 0; i < mean.length; i++) {
      WeightedRows.add(1, other.products[i], products[i], 0, products[i].length);
    }
    shift(other.mean, other.count);
  }

  /** Takes in the mean of a part whose deviations from it have been added. */
  private void shift(double[] partMean, long partCount) {
    double share = partCount / ((double) count + partCount);
    double[] difference = partMean.clone();
    WeightedRows.add(-1, mean, difference, 0, mean.length);
    for (int i = 0; i < mean.length && count > 0; i++) {
      double factor = difference[i] * (count * share);
      for (int j = i; j < mean.length; j++) {
        products[i][j - i] += factor * difference[j];
      }
    }
    WeightedRows.add(share, difference, mean, 0, mean.length);
    count += partCount;
  }

  /** Vectors added so far. */
  public long count() {
    return count;
  }

  /** Numbers per vector. */
  public int dimensions() {
    return mean.length;
  }

  /** The mean vector; zeros if nothing was added. */
  public double[] mean() {
    return mean.clone();
  }

  /**
   * The unbiased covariance matrix (dimensions, dimensions), symmetric to the bit.
   *
   * @throws JobException for fewer than two vectors
   */
  public double[][] covariance() {
    Checks.atLeast(2, count, "a covariance", "feature vectors");
    double[][] covariance = new double[mean.length][mean.length];
    for (int i = 0; i < mean.length; i++) {
      for (int j = i; j < mean.length; j++) {
        covariance[i][j] = products[i][j - i] / (count - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }
}
