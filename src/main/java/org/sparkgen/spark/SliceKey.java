package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.Partitioner;

/**
 * Which slice of which shard: slices in order, and within a slice shards in order, however late
 * each arrived.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
final class SliceKey implements Comparable<SliceKey>, Serializable {
  private static final long serialVersionUID = 1L;

  private final int slice;
  private final int shard;

  SliceKey(int slice, int shard) {
    this.slice = slice;
    this.shard = shard;
  }

  int slice() {
    return slice;
  }

  int shard() {
    return shard;
  }

  @Override
  public int compareTo(SliceKey other) {
    int bySlice = Integer.compare(slice, other.slice);
    return bySlice != 0 ? bySlice : Integer.compare(shard, other.shard);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliceKey key && slice == key.slice && shard == key.shard;
  }

  @Override
  public int hashCode() {
    return Objects.hash(slice, shard);
  }

  /** One partition for each slice, and one after them for the reports. */
  static final class BySlice extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int slices;

    BySlice(int slices) {
      this.slices = slices;
    }

    @Override
    public int numPartitions() {
      return slices + 1;
    }

    @Override
    public int getPartition(Object key) {
      return ((SliceKey) key).slice;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof BySlice partitioner && slices == partitioner.slices;
    }

    @Override
    public int hashCode() {
      return slices;
    }
  }
}
