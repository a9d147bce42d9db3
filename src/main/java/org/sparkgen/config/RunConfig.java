package org.sparkgen.config;

/**
 * Everything that determines a training run. Two runs with equal configurations over equal data end
 * with equal weights.
 *
 * @param run name and seed
 * @param data where the examples are, what they look like, how they are sharded
 * @param model the family and the shape of its networks
 * @param training epochs, optimizer, averaging
 * @param evaluation metrics on held-out examples
 * @param output where results go and how many of them
 */
public record RunConfig(
    @Doc("Name and seed of the run.") RunSettings run,
    @Doc("Where the examples are and what they look like.") DataConfig data,
    @Doc("The model family and its networks.") ModelConfig model,
    @Doc("How long and how to train.") TrainingConfig training,
    @Doc("Metrics on held-out examples, and the choice of the best round.")
        EvaluationConfig evaluation,
    @Doc("What is written, and where.") OutputConfig output) {}
