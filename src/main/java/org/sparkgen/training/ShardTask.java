package org.sparkgen.training;

import java.io.Serializable;

/**
 * What one shard does in one round.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class ShardTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int round;
  private final int epoch;
  private final int firstBatch;
  private final int batches;
  private final int batchesPerEpoch;
  private final int shard;

  /**
   * The work of a shard.
   *
   * @param round rounds before this one
   * @param epoch epochs before the one that this round belongs to
   * @param firstBatch batches of this epoch that earlier rounds have covered
   * @param batches batches to train at most; a shard that has fewer left trains those
   * @param batchesPerEpoch batches of the largest shard: an epoch's length on every shard's clock
   * @param shard number of the shard, 0 to K - 1
   */
  public ShardTask(
      int round, int epoch, int firstBatch, int batches, int batchesPerEpoch, int shard) {
    this.round = round;
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    this.batches = batches;
    this.batchesPerEpoch = batchesPerEpoch;
    this.shard = shard;
  }

  /** Rounds before this one. */
  public int round() {
    return round;
  }

  /** Epochs before the one that this round belongs to. */
  public int epoch() {
    return epoch;
  }

  /** Batches of this epoch that earlier rounds have covered. */
  public int firstBatch() {
    return firstBatch;
  }

  /** Batches to train at most. */
  public int batches() {
    return batches;
  }

  /** Batches of the largest shard: an epoch's length on every shard's clock. */
  public int batchesPerEpoch() {
    return batchesPerEpoch;
  }

  /** Number of the shard, 0 to K - 1. */
  public int shard() {
    return shard;
  }

  /** The task of another shard in the same round. */
  public ShardTask ofShard(int other) {
    return new ShardTask(round, epoch, firstBatch, batches, batchesPerEpoch, other);
  }
}
