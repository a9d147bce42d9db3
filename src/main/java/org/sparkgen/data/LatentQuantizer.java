package org.sparkgen.data;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Latent vectors as few bits: each number is rounded to the nearest of evenly spaced levels from
 * the lowest to the highest value of its dimension, and written with as many bits as its levels
 * need, the first dimension in the highest bits of the first byte. A dimension that varies by less
 * than half a step needs none.
 *
 * <p>A final class around arrays because it travels through Spark.
 */
public final class LatentQuantizer implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_BITS = 24;

  private final double[] lowest;
  private final double[] steps;
  private final int[] bits;

  private LatentQuantizer(double[] lowest, double[] steps, int[] bits) {
    this.lowest = lowest;
    this.steps = steps;
    this.bits = bits;
  }

  /**
   * For numbers of known ranges.
   *
   * @param lowest of each dimension
   * @param highest of each dimension, not below the lowest
   * @param steps distances of neighbouring levels, above 0
   * @throws IllegalArgumentException if a dimension would need more than 24 bits, or has no levels
   */
  public static LatentQuantizer of(double[] lowest, double[] highest, double[] steps) {
    int[] bits = new int[lowest.length];
    for (int i = 0; i < bits.length; i++) {
      double most = (highest[i] - lowest[i]) / steps[i];
      if (!(steps[i] > 0 && Double.isFinite(lowest[i]) && Double.isFinite(steps[i]))) {
        throw new IllegalArgumentException(
            "dimension %d has no levels from %s in steps of %s".formatted(i, lowest[i], steps[i]));
      }
      if (!(most >= 0 && Math.rint(most + 1) < 1 << MOST_BITS)) {
        throw new IllegalArgumentException(
            "dimension %d from %s to %s in steps of %s needs more than %d bits"
                .formatted(i, lowest[i], highest[i], steps[i], MOST_BITS));
      }
      bits[i] = Integer.SIZE - Integer.numberOfLeadingZeros((int) Math.round(most));
    }
    return new LatentQuantizer(lowest.clone(), steps.clone(), bits);
  }

  /** Dimensions of a latent vector. */
  public int size() {
    return bits.length;
  }

  /** Bits of a vector's code, before its last byte is filled. */
  public int bits() {
    return Arrays.stream(bits).sum();
  }

  /** The lowest level of a dimension. */
  public double lowest(int dimension) {
    return lowest[dimension];
  }

  /** The highest level of a dimension. */
  public double highest(int dimension) {
    return lowest[dimension] + ((1 << bits[dimension]) - 1) * steps[dimension];
  }

  /** The distance of a dimension's levels. */
  public double step(int dimension) {
    return steps[dimension];
  }

  /**
   * The code of one vector.
   *
   * @param vectors vector after vector; numbers outside of a dimension's range become its ends
   */
  public byte[] code(float[] vectors, int vector) {
    byte[] code = new byte[(bits() + Byte.SIZE - 1) / Byte.SIZE];
    int at = 0;
    for (int i = 0; i < bits.length; i++) {
      long level = Math.round((vectors[vector * bits.length + i] - lowest[i]) / steps[i]);
      long number = Math.max(0, Math.min((1L << bits[i]) - 1, level));
      for (int bit = bits[i] - 1; bit >= 0; bit--, at++) {
        code[at / Byte.SIZE] |= (byte) (((number >> bit) & 1) << (Byte.SIZE - 1 - at % Byte.SIZE));
      }
    }
    return code;
  }

  /**
   * The vector of a code, each number at most half a step from what it was.
   *
   * @throws IllegalArgumentException if the code has another length
   */
  public float[] vector(byte[] code) {
    int length = (bits() + Byte.SIZE - 1) / Byte.SIZE;
    if (code.length != length) {
      throw new IllegalArgumentException(
          "a code has %d bytes, but this one %d".formatted(length, code.length));
    }
    float[] vector = new float[bits.length];
    int at = 0;
    for (int i = 0; i < bits.length; i++) {
      int number = 0;
      for (int bit = 0; bit < bits[i]; bit++, at++) {
        int set = (code[at / Byte.SIZE] >> (Byte.SIZE - 1 - at % Byte.SIZE)) & 1;
        number = (number << 1) | set;
      }
      vector[i] = (float) (lowest[i] + number * steps[i]);
    }
    return vector;
  }
}
