package org.sparkgen.data;

import java.io.Serializable;
import java.util.Arrays;
import org.sparkgen.config.FeaturesConfig.Scaling;

/**
 * Mean, variance and range of every number of a row, in one pass and double precision. Merging
 * parts in a fixed order gives the same bits again.
 *
 * <p>The updates are Welford's and, for merging, those of Chan, Golub and LeVeque, "Updating
 * formulae and a pairwise algorithm for computing sample variances", 1979.
 */
public final class FeatureStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] squares;
  private final float[] least;
  private final float[] most;
  private long count;

  /** Statistics of no rows of {@code features} numbers. */
  public FeatureStatistics(int features) {
    this.mean = new double[features];
    this.squares = new double[features];
    this.least = new float[features];
    this.most = new float[features];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
  }

  /** Adds packed rows (N,F). */
  public void add(float[] rows) {
    int features = mean.length;
    for (int row = 0; row < rows.length / features; row++) {
      count++;
      for (int f = 0; f < features; f++) {
        float value = rows[row * features + f];
        double difference = value - mean[f];
        mean[f] += difference / count;
        squares[f] += difference * (value - mean[f]);
        least[f] = Math.min(least[f], value);
        most[f] = Math.max(most[f], value);
      }
    }
  }

  /** Adds all rows that the other has seen. */
  public void merge(FeatureStatistics other) {
    if (other.count == 0) {
      return;
    }
    long together = count + other.count;
    for (int f = 0; f < mean.length; f++) {
      double difference = other.mean[f] - mean[f];
      mean[f] += difference * other.count / together;
      squares[f] +=
          other.squares[f] + difference * difference * ((double) count * other.count / together);
      least[f] = Math.min(least[f], other.least[f]);
      most[f] = Math.max(most[f], other.most[f]);
    }
    count = together;
  }

  /**
   * The scaling that these statistics give. Numbers that never vary are only shifted. The standard
   * deviation is that of the rows themselves (divided by n).
   */
  public FeatureScaling scaling(Scaling kind) {
    double[] shift = new double[mean.length];
    double[] scale = new double[mean.length];
    for (int f = 0; f < mean.length && count > 0; f++) {
      switch (kind) {
        case NONE -> scale[f] = 1;
        case STANDARD -> {
          shift[f] = mean[f];
          scale[f] = Math.sqrt(squares[f] / count);
        }
        case UNIT -> {
          shift[f] = least[f];
          scale[f] = (double) most[f] - least[f];
        }
      }
      scale[f] = scale[f] > 0 ? scale[f] : 1;
    }
    return kind == Scaling.NONE || count == 0
        ? FeatureScaling.none()
        : new FeatureScaling(shift, scale);
  }
}
