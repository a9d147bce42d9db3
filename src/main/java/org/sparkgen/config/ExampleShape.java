package org.sparkgen.config;

/** The shape of one example as a model sees it. */
public sealed interface ExampleShape permits ImageShape, VectorShape {
  /** Numbers per example: the product of all sides. */
  int size();

  /** The array shape of {@code n} examples: {@code [n,C,H,W]} or {@code [n,F]}. */
  long[] batchOf(long n);
}
