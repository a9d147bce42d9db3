package org.sparkgen.training;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.Snapshot;

/**
 * What a round produced.
 *
 * @param snapshot the averaged state
 * @param reports one per shard, in shard order
 * @param seconds wall seconds of the driver by phase: {@code broadcast}, {@code train} (until the
 *     last shard has trained and written its slices), {@code combine} (adding, dividing, fetching)
 */
public record RoundResult(
    Snapshot snapshot, List<ShardReport> reports, Map<String, Double> seconds) {
  /** Copies the collections. */
  public RoundResult {
    reports = List.copyOf(reports);
    seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
  }

  /** Examples trained on by all shards. */
  public long examples() {
    return reports.stream().mapToLong(ShardReport::examples).sum();
  }

  /** Loss name to mean per example: the shards' means weighted by their examples. */
  public Map<String, Double> losses() {
    TreeMap<String, Double> sums = new TreeMap<>();
    TreeMap<String, Long> weights = new TreeMap<>();
    for (ShardReport report : reports) {
      if (report.examples() > 0) {
        report
            .losses()
            .forEach(
                (name, mean) -> {
                  sums.merge(name, mean * report.examples(), Double::sum);
                  weights.merge(name, report.examples(), Long::sum);
                });
      }
    }
    sums.replaceAll((name, sum) -> sum / weights.get(name));
    return sums;
  }

  /**
   * All timings of the round under the names that {@link RoundMetrics} uses: the driver's phases,
   * and the shards' own seconds added up, with {@code task.} before the name.
   */
  public Map<String, Double> allSeconds() {
    TreeMap<String, Double> all = new TreeMap<>(seconds);
    for (ShardReport report : reports) {
      report
          .seconds()
          .forEach((name, value) -> all.merge(RoundMetrics.TASK + name, value, Double::sum));
    }
    return all;
  }
}
