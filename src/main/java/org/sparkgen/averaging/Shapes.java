package org.sparkgen.averaging;

/** Checks that the sums of this package share. */
final class Shapes {
  private Shapes() {}

  static void requireCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count of examples is at least 0, found " + count);
    }
  }

  static void requireLength(int expected, int found) {
    if (found != expected) {
      throw new IllegalArgumentException("expected " + expected + " values, found " + found);
    }
  }

  static void requireSome(long examples) {
    if (examples == 0) {
      throw new IllegalStateException("no examples were added: there is no mean");
    }
  }
}
