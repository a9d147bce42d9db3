package org.sparkgen.config;

/** The decoder's distribution of an example x given its latent vector. */
public enum Likelihood {
  /** Independent Bernoulli per number; grey values in [0, 1] stand for the mean. */
  BERNOULLI,
  /** Independent Gaussian of variance 1 per number. */
  GAUSSIAN
}
