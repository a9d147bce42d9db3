package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.stats.EventStats;
import org.sparkgen.averaging.NonFinite;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.training.ShardReport;
import org.sparkgen.training.ShardResult;
import org.sparkgen.training.ShardTask;
import org.sparkgen.training.ShardTrainer;
import scala.Tuple2;

/**
 * The task of one shard: train, then hand the snapshot to the shuffle slice by slice.
 *
 * <p>It leaves no trace but what it returns, and that depends on nothing but its arguments, so a
 * retried or doubled task gives the same bytes. A shard without examples, and one with NaN or
 * infinity, sends no slices, only its report.
 */
final class ShardPass
    implements Function2<
        Integer, Iterator<List<ExampleBlock>>, Iterator<Tuple2<SliceKey, ShardMessage>>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Snapshot> start;
  private final ShardTrainer trainer;
  private final ShardTask task;
  private final SnapshotSlices slices;

  ShardPass(
      Broadcast<Snapshot> start, ShardTrainer trainer, ShardTask task, SnapshotSlices slices) {
    this.start = start;
    this.trainer = trainer;
    this.task = task;
    this.slices = slices;
  }

  @Override
  public Iterator<Tuple2<SliceKey, ShardMessage>> call(
      Integer shard, Iterator<List<ExampleBlock>> content) {
    List<ExampleBlock> blocks = new ArrayList<>();
    content.forEachRemaining(blocks::addAll);
    TimelineEvents.Started started = TimelineEvents.start();
    Snapshot from = start.value();
    double fetched = started.seconds();
    ShardResult result = trainer.train(from, blocks, task.ofShard(shard));
    ShardReport report = checked(result).with("fetch", fetched);
    EventStats event = started.end(report.examples());
    return report.examples() == 0 || report.nonFinite().isPresent()
        ? List.of(summary(report, event, new float[0], new long[0])).iterator()
        : messages(report, event, result.snapshot());
  }

  /** The report, with the first value that is no number if the trainer did not see it. */
  private static ShardReport checked(ShardResult result) {
    ShardReport report = result.report();
    if (report.examples() == 0 || report.nonFinite().isPresent()) {
      return report;
    }
    return NonFinite.find(result.snapshot()).map(report::withNonFinite).orElse(report);
  }

  /** Lazy: the shuffle writer pulls one slice at a time, and at last the time that this took. */
  private Iterator<Tuple2<SliceKey, ShardMessage>> messages(
      ShardReport report, EventStats event, Snapshot snapshot) {
    long begin = System.nanoTime();
    return Stream.concat(
            IntStream.range(0, slices.count())
                .mapToObj(
                    slice ->
                        new Tuple2<SliceKey, ShardMessage>(
                            new SliceKey(slice, report.shard()),
                            new ShardMessage.Slice(
                                report.examples(), slices.slice(snapshot, slice)))),
            Stream.of(report)
                .map(r -> r.with("send", (System.nanoTime() - begin) / 1e9))
                .map(r -> summary(r, event, slices.moments(snapshot), slices.iterations(snapshot))))
        .iterator();
  }

  private Tuple2<SliceKey, ShardMessage> summary(
      ShardReport report, EventStats event, float[] moments, long[] iterations) {
    return new Tuple2<>(
        new SliceKey(slices.count(), report.shard()),
        new ShardMessage.Summary(report, event, moments, iterations));
  }
}
