package org.sparkgen.spark;

import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.ExampleCountEventStats;

/** Makes events of DL4J Spark's timeline: where, when (system clock) and how long. */
final class TimelineEvents {
  private TimelineEvents() {}

  /** Begins an event now, in this thread. */
  static Started start() {
    return new Started(System.currentTimeMillis(), System.nanoTime());
  }

  /** An event that has begun. */
  record Started(long startMillis, long startNanos) {
    /** Seconds so far. */
    double seconds() {
      return (System.nanoTime() - startNanos) / 1e9;
    }

    /** The event, ended now. */
    EventStats end() {
      return new BaseEventStats(host(), executor(), threadId(), startMillis, millis());
    }

    /** The event, ended now, with a number of examples. */
    EventStats end(long examples) {
      return new ExampleCountEventStats(
          host(),
          executor(),
          threadId(),
          startMillis,
          millis(),
          (int) Math.min(examples, Integer.MAX_VALUE));
    }

    private long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    private static long threadId() {
      return Thread.currentThread().getId();
    }

    private static String host() {
      return SparkEnv.get().blockManager().blockManagerId().host();
    }

    private static String executor() {
      return SparkEnv.get().executorId();
    }
  }
}
