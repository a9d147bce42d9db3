package org.sparkgen.spark;

import java.util.Map;
import java.util.OptionalInt;
import org.sparkgen.averaging.StatisticsLayout;
import org.sparkgen.averaging.UpdaterRule;

/**
 * How snapshots are averaged. None of it but the updater rule and the statistics changes a bit of
 * the result.
 *
 * @param statistics network name to where its batch-norm statistics are
 * @param updater what happens to the optimizers' moments
 * @param slices number of slices; empty: chosen by the sizes of model, shards and cluster
 */
public record AveragingSettings(
    Map<String, StatisticsLayout> statistics, UpdaterRule updater, OptionalInt slices) {
  private static final long LEAST_VALUES = 1 << 18;
  private static final long MOST_BUFFERED = 1 << 24;

  /** Copies the map. */
  public AveragingSettings {
    statistics = Map.copyOf(statistics);
  }

  /** Settings with the number of slices chosen by the size of the model and of the cluster. */
  public static AveragingSettings of(
      Map<String, StatisticsLayout> statistics, UpdaterRule updater) {
    return new AveragingSettings(statistics, updater, OptionalInt.empty());
  }

  /**
   * The number of slices: one per reducer that can run at once (cores, but no more than shards),
   * fewer if that made them smaller than 2^18 values, whose adding is cheaper than a task; more if
   * the parts of one slice, which a reducer may hold until it has sorted them, were larger than 64
   * MB over all shards together.
   */
  int slicesFor(long values, int shards, int cores) {
    long reducers = Math.min(shards, cores);
    long worthwhile = Math.min(reducers, values / LEAST_VALUES);
    long bounded = Math.multiplyExact(values, (long) shards) / MOST_BUFFERED + 1;
    return slices.orElseGet(() -> (int) Math.max(worthwhile, bounded));
  }
}
