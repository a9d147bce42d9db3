package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import org.sparkgen.config.JobException;

/**
 * Training examples in a space of features, to tell how far from them others are: the mean distance
 * to the {@link #NEIGHBOURS} nearest (Bergman, Cohen and Hoshen 2020), all vectors scaled to length
 * 1, so that it is their direction that counts (Sun et al. 2022). A distance is from 0 to 2; where
 * features are not negative, as behind a rectifier, up to the square root of 2.
 */
public final class Neighbourhood implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Neighbours whose distances count: so many that one odd training example hides nothing. */
  public static final int NEIGHBOURS = 5;

  /** Numbers in all vectors together, at most: 64 MiB. */
  private static final int MOST_NUMBERS = 16 << 20;

  private final FeatureRows directions;
  private final long[] ids;

  /**
   * Training examples.
   *
   * @param features one row per example, more than {@link #NEIGHBOURS}; changed in place
   * @param ids what an example is known by, such as a digest of its content; kept, not copied
   * @throws JobException if there are too few
   */
  public Neighbourhood(FeatureRows features, long[] ids) {
    Checks.same("ids", features.count(), ids.length);
    Checks.atLeast(
        NEIGHBOURS + 1L,
        ids.length,
        "the distance to the nearest training examples",
        "training examples");
    this.directions = directions(features);
    this.ids = ids;
  }

  /**
   * How many examples may be kept.
   *
   * @param dimensions numbers in a vector
   */
  public static int most(int dimensions) {
    return Math.max(NEIGHBOURS + 1, MOST_NUMBERS / dimensions);
  }

  /** Scales rows to length 1; one of zeros stays what it is. */
  private static FeatureRows directions(FeatureRows rows) {
    float[] values = rows.values();
    int size = rows.dimensions();
    for (int row = 0; row < rows.count(); row++) {
      double squares = 0;
      for (int i = row * size; i < (row + 1) * size; i++) {
        squares += (double) values[i] * values[i];
      }
      double factor = squares == 0 ? 0 : 1 / Math.sqrt(squares);
      for (int i = row * size; i < (row + 1) * size; i++) {
        values[i] = (float) (values[i] * factor);
      }
    }
    return rows;
  }

  /** Number of training examples. */
  public int count() {
    return ids.length;
  }

  /**
   * How far examples are from the nearest training examples other than themselves.
   *
   * @param features one row per example; changed in place
   * @param ids of the examples; one training example of the same id is the example itself and does
   *     not count, its copies do
   */
  public double[] distances(FeatureRows features, long[] ids) {
    Checks.same("ids", features.count(), ids.length);
    FeatureRows rows = directions(features);
    NearestDistances nearest = new NearestDistances(rows.count(), NEIGHBOURS);
    boolean[] met = new boolean[rows.count()];
    RowProducts.squaredDistances(
        rows,
        0,
        rows.count(),
        directions,
        (row, first, distances, count) -> {
          for (int j = 0; j < count; j++) {
            if (this.ids[first + j] == ids[row] && !met[row]) {
              met[row] = true;
            } else {
              nearest.offer(row, distances[j]);
            }
          }
        });
    double[] means = new double[rows.count()];
    Arrays.setAll(
        means, row -> Arrays.stream(nearest.of(row)).map(Math::sqrt).average().orElseThrow());
    return means;
  }
}
