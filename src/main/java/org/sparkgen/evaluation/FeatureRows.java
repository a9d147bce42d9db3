package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.SplitMix64;

/** Feature vectors of examples, packed (N, dimensions); all numbers are finite. */
public final class FeatureRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] values;
  private final int dimensions;

  /**
   * Rows over an array, which is kept, not copied.
   *
   * @param values packed (N, dimensions)
   * @param dimensions numbers per row, at least 1
   * @throws IllegalArgumentException unless the array holds whole rows
   * @throws JobException if a number is NaN or infinite
   */
  public FeatureRows(float[] values, int dimensions) {
    Checks.same("numbers beyond whole rows", 0, values.length % dimensions);
    this.values = values;
    this.dimensions = dimensions;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new JobException(
            ExitCode.DIVERGED,
            "feature %d of row %d is %s: distances need finite features; look at the network that computes them and at the examples"
                .formatted(i % dimensions, i / dimensions, values[i]));
      }
    }
  }

  /** All rows of all parts, in their order; there is at least one part. */
  public static FeatureRows joined(List<FeatureRows> parts) {
    int dimensions = parts.get(0).dimensions;
    float[] values = new float[parts.stream().mapToInt(part -> part.values.length).sum()];
    int at = 0;
    for (FeatureRows part : parts) {
      Checks.same("dimensions", dimensions, part.dimensions);
      System.arraycopy(part.values, 0, values, at, part.values.length);
      at += part.values.length;
    }
    return new FeatureRows(values, dimensions);
  }

  /** A copy of the rows from {@code from} to before {@code to}. */
  public FeatureRows range(int from, int to) {
    return new FeatureRows(
        Arrays.copyOfRange(values, from * dimensions, to * dimensions), dimensions);
  }

  /** The same rows in an order that only the seed and their number decide. */
  public FeatureRows shuffled(long seed) {
    int[] order = new int[count()];
    new SplitMix64(seed).permute(order);
    float[] mixed = new float[values.length];
    for (int row = 0; row < order.length; row++) {
      System.arraycopy(values, order[row] * dimensions, mixed, row * dimensions, dimensions);
    }
    return new FeatureRows(mixed, dimensions);
  }

  /** N. */
  public int count() {
    return values.length / dimensions;
  }

  /** Numbers per row. */
  public int dimensions() {
    return dimensions;
  }

  /** The rows themselves, packed (N, dimensions); not a copy. */
  public float[] values() {
    return values;
  }

  /** One row in double precision. */
  double[] row(int row) {
    double[] result = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      result[i] = values[row * dimensions + i];
    }
    return result;
  }
}
