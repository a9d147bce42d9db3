package org.sparkgen.config;

/**
 * How long and how to train.
 *
 * @param epochs passes over the training examples
 * @param batchSize examples per update of one shard
 * @param optimizer the local optimizer
 * @param averaging when and how the shards meet
 * @param evaluateEvery rounds between evaluations on the held-out examples; 0: only at the end
 */
public record TrainingConfig(
    @Doc("Passes over the training examples.") @Within(min = 1, max = 1_000_000) int epochs,
    @Doc("Examples per update of one shard.") @Default("128") @Within(min = 1, max = 65_536)
        int batchSize,
    @Doc("The optimizer of every shard.") OptimizerConfig optimizer,
    @Doc("When and how the shards meet.") AveragingConfig averaging,
    @Doc("Rounds between evaluations on data.heldOut; 0: only after the last round.")
        @Default("0")
        @Within(min = 0)
        int evaluateEvery) {}
