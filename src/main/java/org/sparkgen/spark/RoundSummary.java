package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.deeplearning4j.spark.stats.EventStats;
import org.sparkgen.averaging.PooledVariance;
import org.sparkgen.averaging.SnapshotSlices;
import org.sparkgen.training.ShardReport;
import scala.Tuple2;

/**
 * What all shards together say of a round: reports in shard order, combined variances, highest
 * iteration counters.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
final class RoundSummary implements RoundPart {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ShardReport> reports = new ArrayList<>();
  private final ArrayList<EventStats> events = new ArrayList<>();
  private long contributed;
  private float[] variances = {};
  private long[] iterations = {};

  /** Adds the summaries of one partition, which are in shard order. */
  static RoundSummary of(
      Iterator<Tuple2<SliceKey, ShardMessage>> summaries, SnapshotSlices slices) {
    RoundSummary round = new RoundSummary();
    PooledVariance pooled = new PooledVariance(slices.features());
    while (summaries.hasNext()) {
      ShardMessage.Summary shard = (ShardMessage.Summary) summaries.next()._2();
      round.reports.add(shard.report());
      round.events.add(shard.event());
      if (shard.iterations().length > 0) {
        pooled.add(shard.report().examples(), shard.moments());
        round.raise(shard.iterations());
      }
    }
    round.contributed = pooled.examples();
    if (round.contributed > 0) {
      round.variances = pooled.variances();
    }
    return round;
  }

  private void raise(long[] others) {
    if (iterations.length == 0) {
      iterations = others.clone();
    }
    for (int i = 0; i < others.length; i++) {
      iterations[i] = Math.max(iterations[i], others[i]);
    }
  }

  /** One report per shard, in shard order. */
  List<ShardReport> reports() {
    return reports;
  }

  /** When and where each shard trained. */
  List<EventStats> events() {
    return events;
  }

  /** Examples of the shards that sent slices. */
  long contributed() {
    return contributed;
  }

  /** Combined batch-norm variances. */
  float[] variances() {
    return variances;
  }

  /** The highest iteration counter of every network. */
  long[] iterations() {
    return iterations;
  }
}
