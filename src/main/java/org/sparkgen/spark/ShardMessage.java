package org.sparkgen.spark;

import java.io.Serializable;
import org.deeplearning4j.spark.stats.EventStats;
import org.sparkgen.averaging.PackedFloats;
import org.sparkgen.training.ShardReport;

/** What a shard sends to the reducers: a slice of its snapshot, or what it says of itself. */
sealed interface ShardMessage extends Serializable {
  /**
   * One slice of a shard's snapshot and its weight.
   *
   * <p>A final class rather than a record because it is sent through Spark, as the next.
   */
  final class Slice implements ShardMessage {
    private static final long serialVersionUID = 1L;

    private final long examples;
    private final PackedFloats values;

    Slice(long examples, PackedFloats values) {
      this.examples = examples;
      this.values = values;
    }

    long examples() {
      return examples;
    }

    PackedFloats values() {
      return values;
    }
  }

  /** The report of a shard, and the two small arrays that are not averaged like weights. */
  final class Summary implements ShardMessage {
    private static final long serialVersionUID = 1L;

    private final ShardReport report;
    private final EventStats event;
    private final float[] moments;
    private final long[] iterations;

    Summary(ShardReport report, EventStats event, float[] moments, long[] iterations) {
      this.report = report;
      this.event = event;
      this.moments = moments;
      this.iterations = iterations;
    }

    ShardReport report() {
      return report;
    }

    /** When and where the shard trained. */
    EventStats event() {
      return event;
    }

    /** Batch-norm means, then variances; empty if the shard contributes nothing. */
    float[] moments() {
      return moments;
    }

    /** Iteration counters by network; empty if the shard contributes nothing. */
    long[] iterations() {
      return iterations;
    }
  }
}
