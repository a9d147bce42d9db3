package org.sparkgen.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sparkgen.training.RoundMetrics;

/**
 * Seconds by phase.
 *
 * @param phases the longest first
 * @param total seconds of all phases
 */
record PhaseTimes(List<Phase> phases, double total) {
  private static final String TASK = "task.";

  /**
   * A phase.
   *
   * @param name its name in the metrics
   * @param seconds its seconds over all rounds
   */
  record Phase(String name, double seconds) {
    /** The name without {@code task.}. */
    String shortName() {
      return name.startsWith(TASK) ? name.substring(TASK.length()) : name;
    }
  }

  /** Wall time on the driver. */
  static PhaseTimes wall(List<RoundMetrics> rounds) {
    return of(rounds, name -> !name.startsWith(TASK));
  }

  /** Time inside tasks, summed over all tasks. */
  static PhaseTimes tasks(List<RoundMetrics> rounds) {
    return of(rounds, name -> name.startsWith(TASK));
  }

  /** The seconds of a phase; 0 if it is not among these. */
  double seconds(String name) {
    return phases.stream().filter(p -> p.name().equals(name)).mapToDouble(Phase::seconds).sum();
  }

  private static PhaseTimes of(List<RoundMetrics> rounds, Predicate<String> included) {
    Map<String, Double> sums = new TreeMap<>();
    for (RoundMetrics round : rounds) {
      round.seconds().entrySet().stream()
          .filter(e -> included.test(e.getKey()) && Double.isFinite(e.getValue()))
          .forEach(e -> sums.merge(e.getKey(), e.getValue(), Double::sum));
    }
    List<Phase> phases =
        sums.entrySet().stream()
            .map(e -> new Phase(e.getKey(), e.getValue()))
            .filter(phase -> phase.seconds() > 0)
            .sorted(Comparator.comparingDouble(Phase::seconds).reversed())
            .toList();
    return new PhaseTimes(phases, phases.stream().mapToDouble(Phase::seconds).sum());
  }
}
