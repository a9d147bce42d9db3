package org.sparkgen.data;

import java.io.Serializable;

/**
 * Maps raw rows to model inputs and back, number by number: {@code scaled = (raw - shift) / scale}.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class FeatureScaling implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] shift;
  private final double[] scale;

  /**
   * A scaling; takes the arrays over.
   *
   * @param shift subtracted from each number of a row; of the row's length, or empty for none
   * @param scale what the difference is divided by, none of them 0; as long as {@code shift}
   */
  public FeatureScaling(double[] shift, double[] scale) {
    if (shift.length != scale.length) {
      throw new IllegalArgumentException(shift.length + " shifts but " + scale.length + " scales");
    }
    this.shift = shift;
    this.scale = scale;
  }

  /** Leaves rows (and images) as they are. */
  public static FeatureScaling none() {
    return new FeatureScaling(new double[0], new double[0]);
  }

  /** Whether rows are left as they are. */
  public boolean isNone() {
    return shift.length == 0;
  }

  /** What is subtracted from each number; empty if rows are left as they are; not a copy. */
  public double[] shift() {
    return shift;
  }

  /** What the differences are divided by; empty if rows are left as they are; not a copy. */
  public double[] scale() {
    return scale;
  }

  /** The scaled copy of packed rows (N,F). */
  public float[] apply(float[] rows) {
    float[] scaled = rows.clone();
    for (int i = 0; i < scaled.length && !isNone(); i++) {
      int feature = i % shift.length;
      scaled[i] = (float) ((rows[i] - shift[feature]) / scale[feature]);
    }
    return scaled;
  }

  /** The raw copy of packed scaled rows (N,F): what {@link #apply} turned into them. */
  public float[] invert(float[] rows) {
    float[] raw = rows.clone();
    for (int i = 0; i < raw.length && !isNone(); i++) {
      int feature = i % shift.length;
      raw[i] = (float) (rows[i] * scale[feature] + shift[feature]);
    }
    return raw;
  }

  /** The scaled copy of a block of rows. */
  public ExampleBlock apply(ExampleBlock block) {
    return isNone()
        ? block
        : ExampleBlock.ofRows(apply(block.values()), block.labels(), block.ids());
  }
}
