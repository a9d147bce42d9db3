package org.sparkgen.model;

import org.sparkgen.data.Batch;

/** Has losses that mean something on examples it was not trained on. */
public interface Evaluable {
  /**
   * Losses without an update, in inference mode: a function of the networks' state and the
   * arguments, whatever round the model was prepared for. Changes nothing.
   *
   * @param batch examples in the model's range
   * @param noiseSeed source of the latent noise
   * @return means per example: for a VAE {@code loss}, what it minimises with the configured beta,
   *     importance samples and free bits, and {@code negativeElbo}, {@code reconstruction} and
   *     {@code kl}, all in nats, from as many latent samples as it is trained with; for a plain
   *     autoencoder {@code loss} and {@code reconstruction}; for a VAE-GAN {@code reconstruction},
   *     the mean squared error of a number in the model's range, and {@code kl}, but none of what
   *     its discriminator says, which is another one in every round; for a classifier {@code loss}
   *     and {@code accuracy}
   */
  StepReport evaluate(Batch batch, long noiseSeed);
}
