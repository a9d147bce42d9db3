package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.averaging.NonFinite;
import org.sparkgen.averaging.PackedFloats;
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

/**
 * The distributed round: broadcast, train every shard, average.
 *
 * <p>Each task cuts its snapshot into slices; the shuffle brings the parts of a slice to one
 * reducer in shard order; the reducer adds them in double precision and divides once; the driver
 * fetches one averaged model. So no machine ever holds as many models as there are shards, and the
 * bits of the result depend on the data, the seeds and the number of shards only: not on threads,
 * executors, slices, retries or the order of arrival.
 *
 * <p>The driver first runs a job that reads only the shards' reports, which is when they train; a
 * shard that diverged stops the round there, before anything is added. The second job reads the
 * slices that the first left in the shuffle, so no shard trains twice, and the two wall times are
 * what they say.
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
    Broadcast<Snapshot> broadcast = timed("broadcast", seconds, () -> context.broadcast(start));
    JavaPairRDD<SliceKey, ShardMessage> exchanged =
        exchange(new ShardPass(broadcast, trainer, task, slices), slices.count());
    try {
      label.describe("%s: train %d shards".formatted(name(task), shards.getNumPartitions()));
      RoundSummary summary = timed("train", seconds, () -> summary(exchanged, slices));
      summary.events().forEach(event -> timeline.record("shard", event));
      requireSound(summary, task);
      label.describe("%s: combine in %d slices".formatted(name(task), slices.count()));
      Snapshot mean =
          summary.contributed() == 0
              ? start
              : timed("combine", seconds, () -> mean(exchanged, slices, summary, task));
      return new RoundResult(mean, summary.reports(), seconds);
    } finally {
      release(broadcast, exchanged);
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

  /** Trains all shards, and fetches what they report. */
  private RoundSummary summary(
      JavaPairRDD<SliceKey, ShardMessage> exchanged, SnapshotSlices slices) {
    return exchanged
        .mapPartitions(parts -> List.of(RoundSummary.of(parts, slices)).iterator())
        .collectPartitions(new int[] {slices.count()})[0]
        .get(0);
  }

  /** Adds the slices that training left in the shuffle, and fetches their means. */
  private static Snapshot mean(
      JavaPairRDD<SliceKey, ShardMessage> exchanged,
      SnapshotSlices slices,
      RoundSummary summary,
      ShardTask task) {
    List<SliceMean>[] fetched =
        exchanged
            .mapPartitions(parts -> List.of(SliceMean.of(parts, slices)).iterator())
            .collectPartitions(IntStream.range(0, slices.count()).toArray());
    List<PackedFloats> means = new ArrayList<>();
    for (List<SliceMean> partition : fetched) {
      SliceMean mean = partition.get(0);
      requireComplete(mean, summary, means.size());
      means.add(mean.values());
    }
    Snapshot snapshot = slices.assemble(means, summary.variances(), summary.iterations());
    requireFinite(snapshot, task);
    return snapshot;
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

  private static void requireComplete(SliceMean mean, RoundSummary summary, int slice) {
    if (mean.examples() != summary.contributed()) {
      throw new IllegalStateException(
          "slice %d is the mean over %d examples, but the shards trained on %d"
              .formatted(slice, mean.examples(), summary.contributed()));
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

  private <T> T timed(String phase, Map<String, Double> seconds, Supplier<T> work) {
    try (StatsTimeline.Running running = timeline.start(phase)) {
      T result = work.get();
      seconds.put(phase, running.seconds());
      return result;
    }
  }

  private void release(
      Broadcast<Snapshot> broadcast, JavaPairRDD<SliceKey, ShardMessage> exchanged) {
    if (!context.sc().isStopped()) {
      broadcast.destroy();
      ShuffleFiles.remove(exchanged.rdd(), shards.rdd());
    }
  }
}
