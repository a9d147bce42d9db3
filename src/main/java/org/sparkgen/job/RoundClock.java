package org.sparkgen.job;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sparkgen.training.RoundMetrics;

/** Where the driver's wall time goes, from one line of the metrics to the next. */
final class RoundClock {
  private final TreeMap<String, Double> seconds = new TreeMap<>();
  private long begun = System.nanoTime();

  /** Adds the time of some work to a phase; of failed work too. */
  <T> T time(String phase, Supplier<T> work) {
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(phase, (System.nanoTime() - begin) / 1e9, Double::sum);
    }
  }

  /** As {@link #time(String, Supplier)}. */
  void time(String phase, Runnable work) {
    time(
        phase,
        () -> {
          work.run();
          return phase;
        });
  }

  /** The phases of the round that ends here, and its whole time; the next begins. */
  Map<String, Double> lap() {
    TreeMap<String, Double> lap = new TreeMap<>(seconds);
    long now = System.nanoTime();
    lap.put(RoundMetrics.ROUND, (now - begun) / 1e9);
    seconds.clear();
    begun = now;
    return lap;
  }
}
