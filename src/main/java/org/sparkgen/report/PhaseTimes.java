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
  private static final String OTHER = "other";

  /**
   * A phase.
   *
   * @param name its name in the metrics
   * @param seconds its seconds over all rounds
   */
  record Phase(String name, double seconds) {
    /** The name without {@code task.}. */
    String shortName() {
      return name.startsWith(RoundMetrics.TASK) ? name.substring(RoundMetrics.TASK.length()) : name;
    }
  }

  /** Wall time on the driver; what none of its phases accounts for is {@code other}. */
  static PhaseTimes wall(List<RoundMetrics> rounds) {
    Map<String, Double> sums = sums(rounds, name -> name.indexOf('.') < 0);
    double whole = sums.getOrDefault(RoundMetrics.ROUND, 0.0);
    sums.remove(RoundMetrics.ROUND);
    double told = sums.values().stream().mapToDouble(Double::doubleValue).sum();
    sums.put(OTHER, Math.max(0, whole - told));
    return of(sums);
  }

  /** Parts of the phases of {@link #wall}, such as {@code checkpoint.verify}. */
  static PhaseTimes parts(List<RoundMetrics> rounds) {
    return of(sums(rounds, name -> name.indexOf('.') >= 0 && !name.startsWith(RoundMetrics.TASK)));
  }

  /** Time inside tasks, summed over all tasks. */
  static PhaseTimes tasks(List<RoundMetrics> rounds) {
    return of(sums(rounds, name -> name.startsWith(RoundMetrics.TASK)));
  }

  /** The seconds of a phase; 0 if it is not among these. */
  double seconds(String name) {
    return phases.stream().filter(p -> p.name().equals(name)).mapToDouble(Phase::seconds).sum();
  }

  private static Map<String, Double> sums(List<RoundMetrics> rounds, Predicate<String> included) {
    Map<String, Double> sums = new TreeMap<>();
    for (RoundMetrics round : rounds) {
      round.seconds().entrySet().stream()
          .filter(e -> included.test(e.getKey()) && Double.isFinite(e.getValue()))
          .forEach(e -> sums.merge(e.getKey(), e.getValue(), Double::sum));
    }
    return sums;
  }

  private static PhaseTimes of(Map<String, Double> sums) {
    List<Phase> phases =
        sums.entrySet().stream()
            .map(e -> new Phase(e.getKey(), e.getValue()))
            .filter(phase -> phase.seconds() > 0)
            .sorted(Comparator.comparingDouble(Phase::seconds).reversed())
            .toList();
    return new PhaseTimes(phases, phases.stream().mapToDouble(Phase::seconds).sum());
  }
}
