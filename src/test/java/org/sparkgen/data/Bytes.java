package org.sparkgen.data;

import java.util.Arrays;

/** Damages copies of bytes. */
public final class Bytes {
  private Bytes() {}

  /** Another value at an index. */
  public static byte[] with(byte[] bytes, int at, int value) {
    return filled(bytes, at, at + 1, value);
  }

  /** Another value from an index up to another. */
  public static byte[] filled(byte[] bytes, int from, int to, int value) {
    byte[] copy = bytes.clone();
    Arrays.fill(copy, from, to, (byte) value);
    return copy;
  }

  /** One bit changed. */
  public static byte[] flipped(byte[] bytes, int at) {
    return with(bytes, at, bytes[at] ^ 1);
  }

  /** Zeros from an index on. */
  public static byte[] zeroed(byte[] bytes, int from) {
    return filled(bytes, from, bytes.length, 0);
  }

  /** Without one byte. */
  public static byte[] without(byte[] bytes, int at) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, copy, at, copy.length - at);
    return copy;
  }

  /** Where bytes of these values are found first. */
  public static int find(byte[] bytes, int... values) {
    for (int at = 0; at + values.length <= bytes.length; at++) {
      int same = 0;
      while (same < values.length && (bytes[at + same] & 0xFF) == values[same]) {
        same++;
      }
      if (same == values.length) {
        return at;
      }
    }
    throw new IllegalArgumentException("no " + Arrays.toString(values));
  }
}
