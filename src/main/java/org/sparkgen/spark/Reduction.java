package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.sparkgen.averaging.SnapshotSlices;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction2;

/**
 * The task of one reducer: the mean of its slice, or, in the last partition, the summary.
 *
 * <p>A function of Scala's because only those can be run as a job whose results the driver is told
 * of one by one.
 */
final class Reduction
    extends AbstractFunction2<
        TaskContext, scala.collection.Iterator<Tuple2<SliceKey, ShardMessage>>, Reduction.Reduced>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SnapshotSlices slices;

  /** When this copy of the function arrived in its task, before it fetches what shards wrote. */
  private transient long arrived;

  Reduction(SnapshotSlices slices) {
    this.slices = slices;
  }

  private Object readResolve() {
    arrived = System.nanoTime();
    return this;
  }

  @Override
  public Reduced apply(
      TaskContext task, scala.collection.Iterator<Tuple2<SliceKey, ShardMessage>> messages) {
    Iterator<Tuple2<SliceKey, ShardMessage>> parts = JavaConverters.asJavaIterator(messages);
    RoundPart part =
        task.partitionId() == slices.count()
            ? RoundSummary.of(parts, slices)
            : SliceMean.of(parts, slices);
    return new Reduced(part, System.nanoTime() - arrived);
  }

  /**
   * A part and the time that it took.
   *
   * <p>A final class rather than a record because it is sent through Spark.
   */
  static final class Reduced implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RoundPart part;
    private final long nanos;

    private Reduced(RoundPart part, long nanos) {
      this.part = part;
      this.nanos = nanos;
    }

    RoundPart part() {
      return part;
    }

    /** From the start of the task, fetching and sorting included. */
    long nanos() {
      return nanos;
    }
  }
}
