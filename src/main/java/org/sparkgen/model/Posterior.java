package org.sparkgen.model;

/** What an encoder knows of a batch's latent vectors. */
public final class Posterior {
  private final double[] means;
  private final double[] kl;

  Posterior(double[] means, double[] kl) {
    this.means = means;
    this.kl = kl;
  }

  /** Means of q(z|x), packed (N, latent); not a copy. */
  public double[] means() {
    return means;
  }

  /**
   * Each dimension's divergence of q(z|x) from the prior, packed (N, latent), in nats; not a copy.
   */
  public double[] kl() {
    return kl;
  }
}
