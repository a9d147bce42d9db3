package org.sparkgen.config;

/**
 * When and how the shards meet.
 *
 * @param every the length of a round
 * @param updaterState what happens to the optimizer's moments
 */
public record AveragingConfig(
    @Doc("Length of a round: 'epoch', or a number of batches (DL4J Spark's averagingFrequency).")
        @Default("epoch")
        AveragingPeriod every,
    @Doc("What happens to the optimizer's moments when weights are averaged.") @Default("average")
        UpdaterState updaterState) {

  /** What happens to the optimizer's moments when weights are averaged. */
  public enum UpdaterState {
    /** Averaged like the weights. */
    AVERAGE,
    /** Every round starts with fresh moments. */
    FRESH
  }
}
