package org.sparkgen.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Makes pixels black or white, white with the probability of their value (Salakhutdinov and Murray
 * 2008): a pure function of the seed, the example's number and the pixel's.
 *
 * <p>Four pixels share one SplitMix64 hash of their place, so that chances are right within 2^-16;
 * of MNIST, most foursomes are black before and cost nothing.
 */
final class Binarizer {
  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final int WHITE = 255;
  private static final int ALL_BLACK = 0;
  private static final int ALL_WHITE = -1;

  private final long seed;

  /** A source of draws. */
  Binarizer(long seed) {
    this.seed = seed;
  }

  /**
   * Draws the pixels of an example.
   *
   * @param example number of the example, which with the seed decides the draw
   * @param grey where the pixels are; not changed
   * @param from place of the first
   * @param drawn receives as many pixels as it is long, 0 or 255 each
   */
  void draw(long example, byte[] grey, int from, byte[] drawn) {
    long key = SplitMix64.mix(seed ^ SplitMix64.mix(example + GAMMA));
    int whole = drawn.length & -Integer.BYTES;
    for (int i = 0; i < whole; i += Integer.BYTES) {
      int four = (int) FOUR.get(grey, from + i);
      boolean certain = four == ALL_BLACK || four == ALL_WHITE;
      FOUR.set(drawn, i, certain ? four : drawn(four, SplitMix64.mix(key + (i + 1) * GAMMA)));
    }
    long bits = SplitMix64.mix(key + (whole + 1) * GAMMA);
    for (int i = whole; i < drawn.length; i++) {
      drawn[i] = (byte) one(grey[from + i] & WHITE, bits, i - whole);
    }
  }

  private static int drawn(int four, long bits) {
    int result = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      int shift = i * Byte.SIZE;
      result |= one((four >>> shift) & WHITE, bits, i) << shift;
    }
    return result;
  }

  /** White if 16 random bits, as a share of 2^16, are below the value's share of 255. */
  private static int one(int value, long bits, int place) {
    int random = (int) (bits >>> (place * Short.SIZE)) & 0xFFFF;
    return (random * WHITE - (value << Short.SIZE)) >> (Integer.SIZE - 1) & WHITE;
  }
}
