package org.sparkgen.config;

/**
 * Autoencoder, VAE and beta-VAE.
 *
 * @param family one of the autoencoder families
 * @param latent size of the latent vector
 * @param likelihood the decoder's distribution of an example given its latent vector
 * @param beta weight of the KL term; 1 for {@code vae}, unused for {@code autoencoder}
 * @param betaWarmupEpochs epochs over which the weight rises linearly from 0 to {@code beta}
 * @param network layers of the encoder; the decoder mirrors them
 */
public record AutoencoderConfig(
    @Doc("The kind of model; decides which of these keys there are.") Family family,
    @Doc("Size of the latent vector.") @Default("20") @Within(min = 1, max = 65_536) int latent,
    @Doc("Distribution of an example given its latent vector.") @Default("bernoulli")
        Likelihood likelihood,
    @Doc("Weight of the KL term (beta-vae; 1 for vae).")
        @Default("1.0")
        @Within(min = 0, max = 1e6)
        @Families({Family.VAE, Family.BETA_VAE})
        double beta,
    @Doc("Epochs over which beta rises linearly from 0.")
        @Default("0")
        @Within(min = 0)
        @Families({Family.VAE, Family.BETA_VAE})
        int betaWarmupEpochs,
    @Inline NetworkConfig network)
    implements ModelConfig {

  /** Pixels are Bernoulli means or Gaussian observations in [0, 1]. */
  @Override
  public PixelRange pixelRange() {
    return PixelRange.UNIT;
  }

  /** Whether the encoder gives a distribution rather than a point. */
  public boolean variational() {
    return family != Family.AUTOENCODER;
  }
}
