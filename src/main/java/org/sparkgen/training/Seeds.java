package org.sparkgen.training;

import java.nio.charset.StandardCharsets;
import org.sparkgen.data.SplitMix64;

/**
 * The seeds of all randomness of a run, each a pure function of the run's seed and of what it is
 * for: never of an executor, an attempt or a clock.
 *
 * <p>Every purpose has a key, {@code mix(mix(seed + gamma) ^ hash(purpose))}, and a seed is {@code
 * mix(word + key)}, where the word holds two 32-bit numbers and {@code mix} is SplitMix64's
 * one-to-one hash. So within a purpose no two pairs of numbers share a seed. The formulas are part
 * of what makes runs repeatable: changing them changes every result.
 */
public final class Seeds {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;
  private static final long LOW = 0xFFFFFFFFL;

  private Seeds() {}

  /** The order of a shard's examples in an epoch. */
  public static long shuffle(long runSeed, int epoch, int shard) {
    return of(runSeed, "shuffle", epoch, shard);
  }

  /** The noise (latent samples, prior samples) that a shard draws in a round. */
  public static long noise(long runSeed, int round, int shard) {
    return of(runSeed, "noise", round, shard);
  }

  /** The drawing of black and white pixels for a shard's examples in an epoch. */
  public static long binarization(long runSeed, int epoch, int shard) {
    return of(runSeed, "binarization", epoch, shard);
  }

  /** The initial weights of a network. */
  public static long weights(long runSeed, String net) {
    return of(runSeed, "weights/" + net, 0, 0);
  }

  /**
   * Something drawn from the model outside training.
   *
   * @param what a name of it, such as {@code grid}
   * @param part number of the partition or of the piece, from 0
   */
  public static long samples(long runSeed, String what, int part) {
    return of(runSeed, "samples/" + what, 0, part);
  }

  private static long of(long runSeed, String purpose, int high, int low) {
    long key = SplitMix64.mix(SplitMix64.mix(runSeed + GAMMA) ^ hash(purpose));
    long word = ((long) high << Integer.SIZE) | (low & LOW);
    return SplitMix64.mix(word + key);
  }

  /** FNV-1a of 64 bits over UTF-8. */
  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
