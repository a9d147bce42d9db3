package org.sparkgen.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.averaging.NonFinite;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.training.Round;
import org.sparkgen.training.RoundResult;
import org.sparkgen.training.ShardReport;
import org.sparkgen.training.ShardTask;
import org.sparkgen.training.ShardTrainer;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * The distributed round: broadcast, train every shard, average.
 *
 * <p>Each task cuts its snapshot into slices; the shuffle brings the parts of a slice to one
 * reducer in shard order; the reducer adds them in double precision and divides once; the driver
 * fetches one averaged model. So no machine ever holds as many models as there are shards, and the
 * bits of the result depend on the data, the seeds and the number of shards only: not on threads,
 * executors, slices, retries or the order of arrival.
 *
 * <p>It is one job of two stages. A shard that diverged sends its report but no slices, and the
 * driver stops the round when it has read the reports.
 */
public final class AveragingRound implements Round {
  private final JavaSparkContext context;
  private final JavaRDD<List<ExampleBlock>> shards;
  private final ShardTrainer trainer;
  private final AveragingSettings settings;
  private final StatsTimeline timeline;

  /**
   * A round over given shards.
   *
   * @param shards one partition per shard, in shard order; an empty partition is an empty shard.
   *     Should be persisted: every round reads them
   * @param trainer what trains a shard, deterministic in its arguments
   * @param settings how snapshots are averaged
   * @param timeline where phases and shards are recorded
   */
  public AveragingRound(
      JavaRDD<List<ExampleBlock>> shards,
      ShardTrainer trainer,
      AveragingSettings settings,
      StatsTimeline timeline) {
    this.context = JavaSparkContext.fromSparkContext(shards.context());
    this.shards = shards;
    this.trainer = trainer;
    this.settings = settings;
    this.timeline = timeline;
  }

  @Override
  public RoundResult run(Snapshot start, ShardTask task) {
    try (JobLabel label = new JobLabel(context)) {
      return run(start, task, label);
    } catch (Exception e) {
      throw ClusterFailure.explain(name(task), e);
    }
  }

  private RoundResult run(Snapshot start, ShardTask task, JobLabel label) {
    Map<String, Double> seconds = new TreeMap<>();
    SnapshotSlices slices = slicesOf(start);
    label.describe("%s: broadcast the weights".formatted(name(task)));
    Broadcast<Snapshot> broadcast = broadcast(start, seconds);
    JavaPairRDD<SliceKey, ShardMessage> exchanged =
        exchange(new ShardPass(broadcast, trainer, task, slices), slices.count());
    try {
      label.describe(
          "%s: train %d shards, combine in %d slices"
              .formatted(name(task), shards.getNumPartitions(), slices.count()));
      RoundParts parts = reduced(exchanged, slices, seconds);
      RoundSummary summary = parts.summary();
      summary.events().forEach(event -> timeline.record("shard", event));
      requireSound(summary, task);
      Snapshot mean = summary.contributed() == 0 ? start : mean(parts, slices, task, seconds);
      return new RoundResult(mean, summary.reports(), seconds);
    } finally {
      release(broadcast, exchanged);
    }
  }

  private Broadcast<Snapshot> broadcast(Snapshot start, Map<String, Double> seconds) {
    try (StatsTimeline.Running running = timeline.start("broadcast")) {
      Broadcast<Snapshot> broadcast = context.broadcast(start);
      seconds.put("broadcast", running.seconds());
      return broadcast;
    }
  }

  private SnapshotSlices slicesOf(Snapshot start) {
    SnapshotSlices whole = SnapshotSlices.of(start, settings.statistics(), settings.updater());
    return whole.into(
        settings.slicesFor(whole.total(), shards.getNumPartitions(), context.defaultParallelism()));
  }

  private JavaPairRDD<SliceKey, ShardMessage> exchange(ShardPass pass, int slices) {
    return JavaPairRDD.fromJavaRDD(shards.mapPartitionsWithIndex(pass, true))
        .repartitionAndSortWithinPartitions(new SliceKey.BySlice(slices));
  }

  /** Trains all shards, adds their slices, and fetches the means and the reports. */
  private RoundParts reduced(
      JavaPairRDD<SliceKey, ShardMessage> exchanged,
      SnapshotSlices slices,
      Map<String, Double> seconds) {
    TimelineEvents.Started train = TimelineEvents.start();
    RoundParts parts = new RoundParts(slices.count());
    List<Object> partitions =
        List.copyOf(IntStream.rangeClosed(0, slices.count()).boxed().toList());
    context
        .sc()
        .runJob(
            exchanged.rdd(),
            new Reduction(slices),
            JavaConverters.asScalaBuffer(partitions).toSeq(),
            (partition, reduced) -> {
              parts.arrived((int) partition, reduced);
              return BoxedUnit.UNIT;
            },
            ClassTag.apply(Reduction.Reduced.class));
    timeline.record("train", train.endAt(parts.reducedFrom()));
    seconds.put("train", (parts.reducedFrom() - train.startNanos()) / 1e9);
    return parts;
  }

  private Snapshot mean(
      RoundParts parts, SnapshotSlices slices, ShardTask task, Map<String, Double> seconds) {
    RoundSummary summary = parts.summary();
    Snapshot mean = slices.assemble(parts.means(), summary.variances(), summary.iterations());
    TimelineEvents.Started combine = TimelineEvents.startedAt(parts.reducedFrom());
    seconds.put("combine", combine.seconds());
    timeline.record("combine", combine.end());
    requireFinite(mean, task);
    return mean;
  }

  private void requireSound(RoundSummary summary, ShardTask task) {
    List<ShardReport> reports = summary.reports();
    Iterator<ShardReport> each = reports.iterator();
    for (int shard = 0; shard < shards.getNumPartitions(); shard++) {
      if (!each.hasNext() || each.next().shard() != shard) {
        throw new IllegalStateException(
            "shard %d of %d sent no report".formatted(shard, shards.getNumPartitions()));
      }
    }
    List<ShardReport> bad = reports.stream().filter(r -> r.nonFinite().isPresent()).toList();
    if (!bad.isEmpty()) {
      String more = bad.size() == 1 ? "" : " (and %d more shards)".formatted(bad.size() - 1);
      throw diverged(
          task,
          "in shard %d: %s%s"
              .formatted(bad.get(0).shard(), bad.get(0).nonFinite().orElseThrow(), more));
    }
  }

  private static void requireFinite(Snapshot mean, ShardTask task) {
    Optional<String> place = NonFinite.find(mean);
    if (place.isPresent()) {
      throw diverged(task, "in the mean of all shards: " + place.get());
    }
  }

  private static JobException diverged(ShardTask task, String where) {
    return new JobException(
        ExitCode.DIVERGED,
        "%s diverged %s. Try a lower training.optimizer.learningRate or shorter rounds"
                .formatted(name(task), where)
            + " (training.averaging.every), and look at the data and its rejects;"
            + " the last checkpoint holds the weights from before");
  }

  private static String name(ShardTask task) {
    return "round %d (epoch %d)".formatted(task.round() + 1, task.epoch() + 1);
  }

  private void release(
      Broadcast<Snapshot> broadcast, JavaPairRDD<SliceKey, ShardMessage> exchanged) {
    if (!context.sc().isStopped()) {
      broadcast.destroy();
      ShuffleFiles.remove(exchanged.rdd(), shards.rdd());
    }
  }
}
