package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.training.RoundMetrics;

/** Times the rounds of a training from end to end. */
final class BenchRounds implements RunListener {
  private final int cores;
  private final List<BenchRound> rounds = new ArrayList<>();
  private long begin = System.nanoTime();

  /** For a training on that many cores. */
  BenchRounds(int cores) {
    this.cores = cores;
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    begin = System.nanoTime();
  }

  @Override
  public void roundEnded(RoundMetrics metrics) {
    double wall = (System.nanoTime() - begin) / 1e9;
    Map<String, Double> phases = new TreeMap<>();
    Map<String, Double> tasks = new TreeMap<>();
    metrics
        .seconds()
        .forEach(
            (name, seconds) -> {
              if (name.startsWith(RoundMetrics.TASK)) {
                tasks.put(name.substring(RoundMetrics.TASK.length()), seconds / cores);
              } else if (!name.equals(RoundMetrics.ROUND)) {
                phases.put(name, seconds);
              }
            });
    rounds.add(
        new BenchRound(
            rounds.size(), metrics.examples(), wall, phases, tasks, ProcessMemory.nativeBytes()));
    // What this method took is the instrument's time, not the round's.
    begin = System.nanoTime();
  }

  @Override
  public void ended(RunEnding ending) {}

  /** The rounds so far. */
  List<BenchRound> rounds() {
    return List.copyOf(rounds);
  }
}
