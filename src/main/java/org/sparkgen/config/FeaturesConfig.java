package org.sparkgen.config;

/**
 * Numeric rows.
 *
 * @param count numbers per row
 * @param scaling how raw numbers become model inputs
 */
public record FeaturesConfig(
    @Doc("Numbers per row.") @Within(min = 1, max = 1_000_000) int count,
    @Doc("How raw numbers become model inputs.") @Default("standard") Scaling scaling) {

  /** How raw numbers become model inputs; statistics are taken over the training examples. */
  public enum Scaling {
    /** As they are. */
    NONE,
    /** Minus the mean, divided by the standard deviation (by 1 where that is 0). */
    STANDARD,
    /** Mapped from [minimum, maximum] to [0, 1]. */
    UNIT
  }
}
