package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
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
    ShardResult result = trainer.train(start.value(), blocks, task.ofShard(shard));
    EventStats event = started.end(result.report().examples());
    return messages(shard, checked(result.snapshot(), result.report()), event, result.snapshot());
  }

  /** The report, with the first value that is no number if the trainer did not see it. */
  private static ShardReport checked(Snapshot snapshot, ShardReport report) {
    if (report.examples() == 0 || report.nonFinite().isPresent()) {
      return report;
    }
    Optional<String> place = NonFinite.find(snapshot);
    return place.isEmpty()
        ? report
        : new ShardReport(
            report.shard(), report.examples(), report.losses(), report.seconds(), place.get());
  }

  private Iterator<Tuple2<SliceKey, ShardMessage>> messages(
      int shard, ShardReport report, EventStats event, Snapshot snapshot) {
    SliceKey last = new SliceKey(slices.count(), shard);
    if (report.examples() == 0 || report.nonFinite().isPresent()) {
      ShardMessage summary = new ShardMessage.Summary(report, event, new float[0], new long[0]);
      return List.of(new Tuple2<>(last, summary)).iterator();
    }
    ShardMessage summary =
        new ShardMessage.Summary(
            report, event, slices.moments(snapshot), slices.iterations(snapshot));
    // Lazy: the shuffle writer pulls one slice at a time.
    return Stream.concat(
            IntStream.range(0, slices.count())
                .mapToObj(slice -> message(slice, shard, report.examples(), snapshot)),
            Stream.of(new Tuple2<>(last, summary)))
        .iterator();
  }

  private Tuple2<SliceKey, ShardMessage> message(
      int slice, int shard, long examples, Snapshot snapshot) {
    return new Tuple2<>(
        new SliceKey(slice, shard),
        new ShardMessage.Slice(examples, slices.slice(snapshot, slice)));
  }
}
