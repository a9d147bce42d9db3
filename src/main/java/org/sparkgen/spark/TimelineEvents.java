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

  /** An event that began earlier, when {@link System#nanoTime} was as given, in this thread. */
  static Started startedAt(long nanos) {
    long ago = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    return new Started(System.currentTimeMillis() - ago, nanos);
  }

  /** An event that has begun. */
  record Started(long startMillis, long startNanos) {
    /** Seconds so far. */
    double seconds() {
      return (System.nanoTime() - startNanos) / 1e9;
    }

    /** The event, ended now. */
    EventStats end() {
      return endAt(System.nanoTime());
    }

    /** The event, ended when {@link System#nanoTime} was as given. */
    EventStats endAt(long nanos) {
      return new BaseEventStats(host(), executor(), threadId(), startMillis, millisUntil(nanos));
    }

    /** The event, ended now, with a number of examples. */
    EventStats end(long examples) {
      return new ExampleCountEventStats(
          host(),
          executor(),
          threadId(),
          startMillis,
          millisUntil(System.nanoTime()),
          (int) Math.min(examples, Integer.MAX_VALUE));
    }

    private long millisUntil(long nanos) {
      return TimeUnit.NANOSECONDS.toMillis(nanos - startNanos);
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
