package org.sparkgen.model;

/** Can draw new examples, because its latent vectors have a known distribution. */
public interface Sampler extends Generator {
  /**
   * Latent vectors of the prior; number i depends on the seed and i only.
   *
   * @param seed of the whole sequence
   * @param first number of the first vector
   * @param count how many
   * @return {@code count * latentSize} numbers, vector after vector
   */
  float[] latents(long seed, long first, int count);
}
