package org.sparkgen.config;

/**
 * A number per example that is the higher, the less the example is like the training examples. The
 * distances compare it with training examples; the others ask the model alone.
 */
public enum AnomalyScore {
  /** Minus the evidence lower bound, in nats: the mean of minus the log importance weights. */
  NEGATIVE_ELBO,
  /** Minus log p(x), in nats, estimated by importance sampling. */
  NEGATIVE_LOG_LIKELIHOOD,
  /** The mean squared difference of an example's numbers from its reconstruction's. */
  RECONSTRUCTION,
  /**
   * The mean distance to the nearest training examples in the encoder's last hidden layer, of
   * vectors scaled to length 1: 0 to 2.
   */
  ENCODER_DISTANCE,
  /** The same in the discriminator's last hidden layer. */
  DISCRIMINATOR_DISTANCE;

  /** Whether it can only be told with training examples at hand. */
  public boolean comparesWithTraining() {
    return switch (this) {
      case ENCODER_DISTANCE, DISCRIMINATOR_DISTANCE -> true;
      case NEGATIVE_ELBO, NEGATIVE_LOG_LIKELIHOOD, RECONSTRUCTION -> false;
    };
  }
}
