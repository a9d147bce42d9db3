package org.sparkgen.model;

/**
 * Who learns in a step of a VAE-GAN, so that neither player runs away: the discriminator waits
 * while it wins, and the decoder does not heed it while it loses.
 */
enum Turn {
  /** All learn. */
  BOTH,
  /** The discriminator waits. */
  DECODER,
  /** The decoder learns from the similarity alone. */
  DISCRIMINATOR;

  /**
   * Who learns at given losses of the discriminator.
   *
   * @param onReal its mean loss on real examples
   * @param onFake its mean loss on generated ones
   * @param equilibrium what both are when it cannot tell one from the other
   * @param gate share of the equilibrium by which they may leave it; 0: all learn always
   * @return both, too, if one loss is below and the other above the gate
   */
  static Turn of(double onReal, double onFake, double equilibrium, double gate) {
    boolean wins = Math.min(onReal, onFake) < (1 - gate) * equilibrium;
    boolean loses = Math.max(onReal, onFake) > (1 + gate) * equilibrium;
    if (gate == 0 || wins == loses) {
      return BOTH;
    }
    return wins ? DECODER : DISCRIMINATOR;
  }

  boolean discriminatorLearns() {
    return this != DECODER;
  }

  boolean decoderHeedsDiscriminator() {
    return this != DISCRIMINATOR;
  }
}
