package org.sparkgen.nn;

/** What a forward pass is for; batch normalisation behaves accordingly. */
public enum Mode {
  /** Normalise by the batch's own statistics, and keep what the backward pass needs. */
  TRAINING,
  /** Normalise by the running statistics. */
  INFERENCE
}
