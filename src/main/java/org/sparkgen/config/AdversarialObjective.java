package org.sparkgen.config;

/** The pair of losses of a GAN, on the discriminator's raw output (logit). */
public enum AdversarialObjective {
  /** Both players share one value function; the generator's gradient fades when it loses. */
  MINIMAX,
  /** The generator maximises log D(G(z)) (Goodfellow et al. 2014, section 3). */
  NON_SATURATING,
  /** Squared distance to the targets 1 and 0 (Mao et al. 2017). */
  LEAST_SQUARES,
  /** Margin loss of the discriminator, linear loss of the generator (Lim and Ye 2017). */
  HINGE
}
