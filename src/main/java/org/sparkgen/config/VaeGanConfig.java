package org.sparkgen.config;

/**
 * VAE with a discriminator, whose features measure the similarity of an example and its
 * reconstruction (Larsen et al. 2016).
 *
 * @param family {@code vae-gan}
 * @param latent size of the latent vector
 * @param adversary the discriminator and its losses
 * @param beta weight of the KL term in the encoder's objective
 * @param similarityWeight weight of the similarity against the adversarial term in the decoder's
 *     objective
 * @param gate how far the discriminator's losses may leave their equilibrium before a player waits
 * @param pixelRange range of pixels and of the decoder's output
 * @param network layers of the encoder and the discriminator; the decoder mirrors them
 */
public record VaeGanConfig(
    @Doc("The kind of model; decides which of these keys there are.") Family family,
    @Doc("Size of the latent vector.") @Default("64") @Within(min = 1, max = 65_536) int latent,
    @Inline AdversaryConfig adversary,
    @Doc("Weight of the KL term in the encoder's objective.")
        @Default("1.0")
        @Within(min = 0, max = 1e6)
        double beta,
    @Doc(
            "Weight of the similarity in the discriminator's features against the adversarial term"
                + " in the decoder's objective.")
        @Default("1e-2")
        @Within(min = 0, max = 1e6)
        double similarityWeight,
    @Doc(
            "Share of the equilibrium loss by which the discriminator's losses may leave it before"
                + " the winning player waits; 0: none ever waits.")
        @Default("0.5")
        @Within(min = 0, max = 1)
        double gate,
    @Doc("Range of the pixels: unit [0, 1] with a sigmoid, signed [-1, 1] with a tanh output.")
        @Default("signed")
        PixelRange pixelRange,
    @Inline NetworkConfig network)
    implements ModelConfig {
  @Override
  public int classes() {
    return 0;
  }
}
