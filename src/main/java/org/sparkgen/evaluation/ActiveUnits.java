package org.sparkgen.evaluation;

import java.util.List;

/**
 * The latent dimensions that a variational autoencoder uses: dimension j is active if {@code
 * Var_x(E_q(z_j|x)[z_j]) > 0.01} (Burda, Grosse and Salakhutdinov, "Importance weighted
 * autoencoders", 2015, section 5).
 *
 * @param variances of each latent mean over the examples, divided by n - 1
 * @param kl mean divergence of each dimension from the prior, in nats
 * @param examples that both are over
 */
public record ActiveUnits(List<Double> variances, List<Double> kl, long examples) {
  /** A variance above this is active. */
  public static final double THRESHOLD = 0.01;

  public ActiveUnits {
    variances = List.copyOf(variances);
    kl = List.copyOf(kl);
  }

  /** The number of active dimensions. */
  public int value() {
    return (int) variances.stream().filter(variance -> variance > THRESHOLD).count();
  }

  /** The number of latent dimensions. */
  public int latents() {
    return variances.size();
  }
}
