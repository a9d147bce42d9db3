package org.sparkgen.data;

/**
 * A generator of pseudo-random numbers that is the same in every Java release, and the hash it is
 * made of.
 *
 * <p>The algorithm is SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, with the constants of Vigna's public domain version.
 */
public final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long RANGE = 1L << Integer.SIZE;

  private long state;

  /** A generator whose numbers depend on nothing but the seed. */
  public SplitMix64(long seed) {
    this.state = seed;
  }

  /** The next 64 bits. */
  public long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** The next number from 0 to {@code bound - 1}, all equally likely; {@code bound} is positive. */
  public int below(int bound) {
    long unbiased = RANGE - RANGE % bound;
    long bits = next() >>> Integer.SIZE;
    while (bits >= unbiased) {
      bits = next() >>> Integer.SIZE;
    }
    return (int) (bits % bound);
  }

  /** The next number in [0, 1), with 53 random bits. */
  public double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Puts the numbers 0 to {@code order.length - 1} into a random order (Fisher-Yates). */
  public void permute(int[] order) {
    for (int i = 0; i < order.length; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /** A one-to-one hash of 64 bits: every input bit changes about half of the output bits. */
  public static long mix(long bits) {
    long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
