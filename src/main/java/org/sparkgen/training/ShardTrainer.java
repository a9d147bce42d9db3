package org.sparkgen.training;

import java.io.Serializable;
import java.util.List;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.data.ExampleBlock;

/** Trains a model on one shard, starting from a snapshot. Deterministic in its arguments. */
public interface ShardTrainer extends Serializable {
  /**
   * Trains locally.
   *
   * @param start the state all shards start this round from; not changed
   * @param shard the examples of the shard, in their stable order
   * @param task which round, and which batches of it
   * @return the state after the last batch; with zero examples, {@code start} itself
   */
  ShardResult train(Snapshot start, List<ExampleBlock> shard, ShardTask task);
}
