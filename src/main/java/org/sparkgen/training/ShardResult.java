package org.sparkgen.training;

import org.sparkgen.averaging.Snapshot;

/**
 * What a shard's round produced. Stays inside the task; what travels are slices of it.
 *
 * @param snapshot the model after local training; the starting one if the shard trained nothing
 * @param report counts, losses, timings
 */
public record ShardResult(Snapshot snapshot, ShardReport report) {}
