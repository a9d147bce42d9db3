package org.sparkgen.config;

/**
 * How long and how to train.
 *
 * @param epochs passes over the training examples
 * @param batchSize examples per update of one shard
 * @param optimizer the local optimizer
 * @param averaging when and how the shards meet
 */
public record TrainingConfig(
    @Doc("Passes over the training examples.") @Within(min = 1, max = 1_000_000) int epochs,
    @Doc("Examples per update of one shard.") @Default("128") @Within(min = 1, max = 65_536)
        int batchSize,
    @Doc("The optimizer of every shard.") OptimizerConfig optimizer,
    @Doc("When and how the shards meet.") AveragingConfig averaging) {}
