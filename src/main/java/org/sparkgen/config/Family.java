package org.sparkgen.config;

/** The families of {@code model.family}. */
public enum Family {
  /** Deterministic encoder and decoder, reconstruction loss only. */
  AUTOENCODER,
  /** Variational autoencoder: reconstruction plus KL, reparameterised (Kingma and Welling 2013). */
  VAE,
  /** VAE whose KL term is weighted by {@code beta} (Higgins et al. 2017). */
  BETA_VAE,
  /** Generator against discriminator (Goodfellow et al. 2014). */
  GAN,
  /** VAE with a discriminator and a learned similarity (Larsen et al. 2016). */
  VAE_GAN,
  /** No generative model: a classifier, in whose features distances are measured. */
  CLASSIFIER
}
