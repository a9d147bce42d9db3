package org.sparkgen.job;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be measured of a training's model; what is empty is as the training's configuration
 * says.
 *
 * @param output folder of a finished or running training
 * @param importanceSamples latent samples per example for log p(x)
 * @param samples generated examples to compare with real ones
 * @param features the network in whose features they are compared
 * @param limit real examples that are used at most; empty: all
 * @param to file on any Hadoop path for the metrics as JSON; empty: none
 */
public record EvaluateRequest(
    String output,
    OptionalInt importanceSamples,
    OptionalInt samples,
    Optional<String> features,
    OptionalInt limit,
    Optional<String> to) {}
