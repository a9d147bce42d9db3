package org.sparkgen.config;

/**
 * The outer optimizer: Nesterov momentum on the difference between a round's start and the mean of
 * its shards (Douillard et al. 2023). Rate 1 without momentum is plain averaging.
 *
 * @param learningRate share of the difference that is stepped
 * @param momentum share of earlier differences that is kept
 */
public record OuterConfig(
    @Doc("Share of the averaged difference that is stepped; 1 with momentum 0 is plain averaging.")
        @Default("1.0")
        @Within(min = 1e-6, max = 10)
        double learningRate,
    @Doc("Nesterov momentum on averaged differences; 0: none.")
        @Default("0.0")
        @Within(min = 0, max = 0.999)
        double momentum) {}
