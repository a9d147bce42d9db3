package org.sparkgen.config;

/**
 * When and how the shards meet.
 *
 * @param every the length of a round
 * @param updaterState what happens to the optimizer's moments
 * @param warmupEpochs epochs at the start in which rounds are shorter
 * @param warmupEvery their length
 * @param outer the step from a round's start towards the mean of its shards
 * @param emaHalfLife examples after which a round's weights count half in the moving average that
 *     is published; 0: the weights themselves are
 */
public record AveragingConfig(
    @Doc("Length of a round: 'epoch', or a number of batches (DL4J Spark's averagingFrequency).")
        @Default("epoch")
        AveragingPeriod every,
    @Doc("What happens to the optimizer's moments when weights are averaged.") @Default("average")
        UpdaterState updaterState,
    @Doc("Epochs at the start in which rounds have warmupEvery batches.")
        @Default("0")
        @Within(min = 0, max = 1_000_000)
        int warmupEpochs,
    @Doc("Length of a round during those epochs, in batches.")
        @Default("50")
        @Within(min = 1, max = 1_000_000_000)
        int warmupEvery,
    @Doc("The step from a round's start towards the mean of its shards.") OuterConfig outer,
    @Doc(
            "Examples after which a round's weights count half in the exponential moving average"
                + " that is evaluated and published; 0: the weights themselves are.")
        @Default("0")
        @Within(min = 0, max = 1e8)
        double emaHalfLife) {

  /** What happens to the optimizer's moments when weights are averaged. */
  public enum UpdaterState {
    /** Averaged like the weights. */
    AVERAGE,
    /** Every round starts with fresh moments. */
    FRESH
  }
}
