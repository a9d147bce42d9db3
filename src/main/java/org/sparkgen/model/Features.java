package org.sparkgen.model;

import java.util.Arrays;

/** What a {@link FeatureNetwork} says of some examples. */
public final class Features {
  private final float[] values;
  private final int size;
  private final int[] classes;

  private Features(float[] values, int size, int[] classes) {
    this.values = values;
    this.size = size;
    this.classes = classes;
  }

  /**
   * Features from a network that knows no classes; takes the array over.
   *
   * @param values {@code (N, size)}
   */
  public static Features of(float[] values, int size) {
    return new Features(values, size, new int[0]);
  }

  /**
   * Features and the most probable class of each example; takes both arrays over.
   *
   * @param values {@code (N, size)}
   * @param classes N class numbers from 0
   */
  public static Features of(float[] values, int size, int[] classes) {
    return new Features(values, size, classes);
  }

  /** {@code (N, size)}; not a copy. */
  public float[] values() {
    return values;
  }

  /** Numbers per example. */
  public int size() {
    return size;
  }

  /** N class numbers, or none if the network knows no classes; not a copy. */
  public int[] classes() {
    return classes;
  }

  /** The first examples. */
  public Features first(int count) {
    return new Features(
        Arrays.copyOf(values, count * size),
        size,
        classes.length == 0 ? classes : Arrays.copyOf(classes, count));
  }
}
