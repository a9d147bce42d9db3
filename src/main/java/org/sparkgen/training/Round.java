package org.sparkgen.training;

import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.JobException;

/** Runs rounds: all shards train from one snapshot, and what they learned is averaged. */
public interface Round {
  /**
   * Runs one round.
   *
   * @param start the state that every shard starts from; not changed
   * @param task which round and which batches; its shard is ignored
   * @return the averaged state and what the shards reported; with no example in any shard, {@code
   *     start} itself
   * @throws JobException with code 4 if a shard or the mean holds NaN or infinity
   */
  RoundResult run(Snapshot start, ShardTask task);
}
