package org.sparkgen.config;

/**
 * Autoencoder, VAE and beta-VAE; with more than one importance sample, importance-weighted.
 *
 * @param family one of the autoencoder families
 * @param latent size of the latent vector
 * @param likelihood the decoder's distribution of an example given its latent vector
 * @param beta weight of the KL term; 1 for {@code vae}, unused for {@code autoencoder}
 * @param betaWarmupEpochs epochs over which the weight rises linearly from 0 to {@code beta}
 * @param freeBits nats per latent dimension below which its KL is not reduced
 * @param importanceSamples latent samples per example in the training objective
 * @param classes classes whose labels steer the decoder; 0: none
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
    @Doc(
            "Nats of KL per latent dimension, as a mean over the batch, that cost nothing (free"
                + " bits); 0: off. Needs importanceSamples = 1.")
        @Default("0.0")
        @Within(min = 0, max = 100)
        @Families({Family.VAE, Family.BETA_VAE})
        double freeBits,
    @Doc("Latent samples per example; more than 1: the importance-weighted bound (IWAE).")
        @Default("1")
        @Within(min = 1, max = 1000)
        @Families({Family.VAE, Family.BETA_VAE})
        int importanceSamples,
    @Doc(
            "Number of classes; the decoder is told an example's label, 0 to classes - 1. 0: it is not.")
        @Default("0")
        @Within(min = 0, max = 10_000)
        @Families({Family.VAE, Family.BETA_VAE})
        int classes,
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
