package org.sparkgen.nn;

/**
 * The function that turns a network's raw output into what a reader of the artifact expects. Losses
 * work on the raw output.
 */
public enum Head {
  /** The raw output is the result. */
  NONE,
  /** Raw outputs are logits, results are in [0, 1]. */
  SIGMOID
}
