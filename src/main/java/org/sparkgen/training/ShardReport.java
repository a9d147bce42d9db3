package org.sparkgen.training;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shard says of its round, without the weights.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class ShardReport implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int shard;
  private final long examples;
  private final TreeMap<String, Double> losses;
  private final TreeMap<String, Double> seconds;
  private final String nonFinite;

  /**
   * A report.
   *
   * @param shard number of the shard
   * @param examples examples trained on in this round
   * @param losses loss name to its mean over those examples that were measured
   * @param seconds phase name to seconds, under the names in {@link RoundMetrics} without {@code
   *     task.}
   * @param nonFinite where NaN or infinity was met, or null
   */
  public ShardReport(
      int shard,
      long examples,
      Map<String, Double> losses,
      Map<String, Double> seconds,
      String nonFinite) {
    this.shard = shard;
    this.examples = examples;
    this.losses = new TreeMap<>(losses);
    this.seconds = new TreeMap<>(seconds);
    this.nonFinite = nonFinite;
  }

  /** Number of the shard. */
  public int shard() {
    return shard;
  }

  /** Examples trained on in this round: the weight of this shard. */
  public long examples() {
    return examples;
  }

  /** Loss name to mean per example; empty for a shard that trained nothing. */
  public Map<String, Double> losses() {
    return Collections.unmodifiableMap(losses);
  }

  /** Phase name to seconds. */
  public Map<String, Double> seconds() {
    return Collections.unmodifiableMap(seconds);
  }

  /** This report with another phase's seconds. */
  public ShardReport with(String phase, double phaseSeconds) {
    TreeMap<String, Double> all = new TreeMap<>(seconds);
    all.put(phase, phaseSeconds);
    return new ShardReport(shard, examples, losses, all, nonFinite);
  }

  /** This report of a shard that met a value that is no number, and where. */
  public ShardReport withNonFinite(String place) {
    return new ShardReport(shard, examples, losses, seconds, place);
  }

  /** Where NaN or infinity was met: network or loss, and batch. */
  public Optional<String> nonFinite() {
    return Optional.ofNullable(nonFinite);
  }
}
