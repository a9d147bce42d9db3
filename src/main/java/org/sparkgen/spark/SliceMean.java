package org.sparkgen.spark;

import java.util.Iterator;
import org.sparkgen.averaging.PackedFloats;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.averaging.WeightedSum;
import scala.Tuple2;

/**
 * The mean of one slice over all shards that trained.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
final class SliceMean implements RoundPart {
  private static final long serialVersionUID = 1L;

  private final long examples;
  private final PackedFloats values;

  private SliceMean(long examples, PackedFloats values) {
    this.examples = examples;
    this.values = values;
  }

  /**
   * Adds the parts of one slice as they come, in shard order; holds one slice of doubles however
   * many shards there are.
   *
   * @throws IllegalStateException if a shard comes twice or out of order
   */
  static SliceMean of(Iterator<Tuple2<SliceKey, ShardMessage>> parts, SnapshotSlices slices) {
    WeightedSum sum = null;
    int last = -1;
    while (parts.hasNext()) {
      Tuple2<SliceKey, ShardMessage> part = parts.next();
      if (part._1().shard() <= last) {
        throw new IllegalStateException(
            "slice %d: shard %d came after shard %d"
                .formatted(part._1().slice(), part._1().shard(), last));
      }
      last = part._1().shard();
      if (sum == null) {
        sum = new WeightedSum(slices.length(part._1().slice()));
      }
      ShardMessage.Slice slice = (ShardMessage.Slice) part._2();
      sum.add(slice.examples(), slice.values());
    }
    return sum == null
        ? new SliceMean(0, PackedFloats.of(new float[0]))
        : new SliceMean(sum.examples(), sum.mean());
  }

  /** Examples behind the mean. */
  long examples() {
    return examples;
  }

  /** The mean of every value. */
  PackedFloats values() {
    return values;
  }
}
