package org.sparkgen.config;

/**
 * Checkpoints.
 *
 * @param every rounds between checkpoints; the last round always has one
 * @param keep verified checkpoints that stay
 */
public record CheckpointConfig(
    @Doc("Rounds between checkpoints; the last round always has one.")
        @Default("1")
        @Within(min = 1)
        int every,
    @Doc("Checkpoints that stay; at least 2, so that a damaged one has a predecessor.")
        @Default("2")
        @Within(min = 2, max = 1_000_000)
        int keep) {}
