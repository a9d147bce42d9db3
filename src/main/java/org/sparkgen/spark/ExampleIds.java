package org.sparkgen.spark;

import java.nio.charset.StandardCharsets;
import org.apache.spark.Partitioner;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.SplitMix64;

/**
 * Gives every example a number, and every number a shard: by name and index alone, so that neither
 * partitions nor executors nor the place where the data lies have any influence.
 */
final class ExampleIds extends Partitioner {
  private static final long serialVersionUID = 1L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final int shards;

  /** A partitioner with one partition a shard. */
  ExampleIds(int shards) {
    this.shards = shards;
  }

  /**
   * The id of an example: FNV-1a of the file's name, mixed with the index.
   *
   * @param name path below the root of the listing
   * @param index index in the file
   */
  static long id(String name, long index) {
    long hash = FNV_OFFSET;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return SplitMix64.mix(SplitMix64.mix(hash) + index);
  }

  /** The id of an accepted example that has no place: FNV-1a of its label and its numbers. */
  static long ofContent(Outcome example) {
    long hash = (FNV_OFFSET ^ example.label()) * FNV_PRIME;
    if (example.pixels() != null) {
      for (byte b : example.pixels()) {
        hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
      }
    } else {
      for (float value : example.values()) {
        hash = (hash ^ Float.floatToIntBits(value)) * FNV_PRIME;
      }
    }
    return SplitMix64.mix(hash);
  }

  @Override
  public int numPartitions() {
    return shards;
  }

  @Override
  public int getPartition(Object id) {
    return (int) Math.floorMod(SplitMix64.mix((Long) id), (long) shards);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExampleIds ids && ids.shards == shards;
  }

  @Override
  public int hashCode() {
    return shards;
  }
}
