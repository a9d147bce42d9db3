package org.sparkgen.evaluation;

import java.util.Random;

/** Feature rows for tests. */
final class GaussianRows {
  private GaussianRows() {}

  /** Independent normal numbers: {@code count} rows. */
  static FeatureRows of(long seed, int count, int dimensions, double mean, double deviation) {
    Random random = new Random(seed);
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return new FeatureRows(values, dimensions);
  }

  /** Rows of small whole numbers: many are equal, and many distances are. */
  static FeatureRows whole(long seed, int count, int dimensions, int bound) {
    Random random = new Random(seed);
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(bound);
    }
    return new FeatureRows(values, dimensions);
  }

  /** The moments of rows. */
  static FeatureMoments moments(FeatureRows rows) {
    FeatureMoments moments = new FeatureMoments(rows.dimensions());
    moments.add(rows);
    return moments;
  }
}
