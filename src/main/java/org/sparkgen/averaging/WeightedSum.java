package org.sparkgen.averaging;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A sum of float arrays weighted by numbers of examples, in double precision.
 *
 * <p>Exactness. A float has 24 significant bits, so {@code examples * value} is exact in a double
 * while {@code examples} is at most 2^29; only the additions and the one division at the end round.
 * Therefore the mean of a single contribution is that contribution, bit for bit, and the same
 * contributions added in the same order give the same bits wherever the arrays were cut. Another
 * order may differ in the last bit of a double, which is why rounds add in shard order.
 */
public final class WeightedSum {
  /** What leaves every number as it is, negative zero included. */
  private static final double NEUTRAL = -0.0;

  /** Values that a core keeps in its nearest cache. */
  private static final int CHUNK = 2048;

  private final double[] sums;
  private long examples;

  /** An empty sum of arrays of the given length. */
  public WeightedSum(int length) {
    sums = new double[length];
    Arrays.fill(sums, NEUTRAL);
  }

  /**
   * Adds values, weighted; those of no examples weigh nothing, whatever they are.
   *
   * @param count examples behind the values, at least 0
   * @param values as many as this sum is long; not kept
   * @throws IllegalArgumentException for another length or a negative count
   */
  public void add(long count, PackedFloats values) {
    if (!counts(count, values.count())) {
      return;
    }
    FloatBuffer view = values.view();
    float[] chunk = new float[Math.min(CHUNK, sums.length)];
    for (int from = 0; from < sums.length; from += CHUNK) {
      int here = Math.min(CHUNK, sums.length - from);
      view.get(from, chunk, 0, here);
      addFrom(from, chunk, here, count);
    }
    examples += count;
  }

  private boolean counts(long count, int length) {
    Shapes.requireCount(count);
    Shapes.requireLength(sums.length, length);
    return count > 0;
  }

  private void addFrom(int from, float[] values, int length, long count) {
    double weight = count;
    for (int i = 0; i < length; i++) {
      sums[from + i] += weight * values[i];
    }
  }

  /** Examples added so far. */
  public long examples() {
    return examples;
  }

  /**
   * The weighted mean, rounded to float once.
   *
   * @throws IllegalStateException if nothing was added: an empty sum has no mean
   */
  public PackedFloats mean() {
    Shapes.requireSome(examples);
    PackedFloats mean = PackedFloats.blank(sums.length);
    FloatBuffer view = mean.view();
    float[] chunk = new float[Math.min(CHUNK, sums.length)];
    for (int from = 0; from < sums.length; from += CHUNK) {
      int here = Math.min(CHUNK, sums.length - from);
      divideFrom(from, chunk, here);
      view.put(from, chunk, 0, here);
    }
    return mean;
  }

  private void divideFrom(int from, float[] target, int length) {
    double weight = examples;
    for (int i = 0; i < length; i++) {
      target[i] = (float) (sums[from + i] / weight);
    }
  }
}
