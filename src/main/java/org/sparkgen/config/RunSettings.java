package org.sparkgen.config;

/**
 * Identity of a run.
 *
 * @param name letters, digits, dot, underscore and hyphen; shown in Spark's UI and in the report
 * @param seed the one source of all randomness: initial weights, shuffling, noise, samples
 */
public record RunSettings(
    @Doc("Shown in Spark's pages and in the report. Letters, digits, '.', '_' and '-', at most 64.")
        String name,
    @Doc("The one source of all randomness: weights, shuffling, noise, samples.") @Default("42")
        long seed) {}
