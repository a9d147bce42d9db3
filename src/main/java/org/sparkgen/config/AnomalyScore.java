package org.sparkgen.config;

/** A number per example that is the higher, the less the example is like the training examples. */
public enum AnomalyScore {
  /** Minus the evidence lower bound, in nats: the mean of minus the log importance weights. */
  NEGATIVE_ELBO,
  /** Minus log p(x), in nats, estimated by importance sampling. */
  NEGATIVE_LOG_LIKELIHOOD,
  /** The mean squared difference of an example's numbers from its reconstruction's. */
  RECONSTRUCTION
}
