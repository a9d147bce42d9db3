package org.sparkgen.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run is and how it stands.
 *
 * @param name {@code run.name}
 * @param family {@code model.family} as written in a configuration
 * @param status how far it has come
 * @param reason why it failed; empty otherwise
 * @param seed {@code run.seed}
 * @param roundsPlanned rounds that the configuration asks for
 * @param started when this output was begun
 * @param elapsed working time so far, over all starts
 * @param output the output folder
 */
public record RunSummary(
    String name,
    String family,
    RunStatus status,
    Optional<String> reason,
    long seed,
    int roundsPlanned,
    Instant started,
    Duration elapsed,
    String output) {}
