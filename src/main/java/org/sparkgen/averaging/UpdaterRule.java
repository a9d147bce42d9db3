package org.sparkgen.averaging;

/** What a round does with the optimizers' moments. */
public enum UpdaterRule {
  /** Averaged like the parameters. */
  AVERAGE,
  /** Not sent at all; the next round starts with zero moments and a zero iteration counter. */
  FRESH
}
