package org.sparkgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.training.RoundMetrics;

/** Names of losses, and one loss as a series over the rounds. */
final class Losses {
  static final String KL = "kl";
  static final String DISCRIMINATOR = "discriminator";
  static final String ON_REAL = "discriminatorOnReal";
  static final String ON_FAKE = "discriminatorOnFake";

  private static final List<String> FIRST =
      List.of(
          MetricNames.LOSS,
          MetricNames.LOG_LIKELIHOOD,
          MetricNames.FRECHET_DISTANCE,
          "reconstruction",
          KL,
          DISCRIMINATOR,
          "generator",
          ON_REAL,
          ON_FAKE,
          MetricNames.KERNEL_DISTANCE,
          MetricNames.PRECISION,
          MetricNames.RECALL);

  /** Metrics that are shown beside others, by what their names end in. */
  private static final List<String> BESIDE =
      List.of("Floor", "Real", "StandardError", "Count", MetricNames.LATENT_UNITS);

  private static final double EQUAL = 1e-9;

  private Losses() {}

  /**
   * The value of a loss after a round.
   *
   * @param round rounds finished
   * @param value mean per example
   */
  record Point(int round, double value) {}

  /**
   * All losses and metrics of the run without their held-out twins, the most telling first; those
   * that only held-out data have are there under their name without {@code heldOut.}. What real
   * data reach and standard errors are not there: they belong to other metrics. What equals the
   * loss in every round, as the negative ELBO does at beta 1, is left out.
   */
  static List<String> names(List<RoundMetrics> rounds) {
    TreeSet<String> names = new TreeSet<>();
    for (RoundMetrics round : rounds) {
      for (String name : round.losses().keySet()) {
        String own =
            name.startsWith(MetricNames.HELD_OUT)
                ? name.substring(MetricNames.HELD_OUT.length())
                : name;
        if (BESIDE.stream().noneMatch(own::endsWith) || ON_REAL.equals(own)) {
          names.add(own);
        }
      }
    }
    List<String> ordered = new ArrayList<>(names);
    ordered.sort(Comparator.comparingInt(Losses::rank));
    // Other metrics may be equal by chance, or because all are 0.
    ordered.removeIf(
        name ->
            !name.equals(MetricNames.LOSS)
                && names.contains(MetricNames.LOSS)
                && equal(name, MetricNames.LOSS, rounds));
    return ordered;
  }

  /** The finite values of a loss in ascending order of rounds. */
  static List<Point> series(List<RoundMetrics> rounds, String name) {
    List<Point> series = new ArrayList<>();
    for (RoundMetrics round : rounds) {
      double value = round.loss(name).orElse(Double.NaN);
      if (Double.isFinite(value)) {
        series.add(new Point(round.round(), value));
      }
    }
    return series;
  }

  /** Whether the rounds come from two players, whose losses need not fall. */
  static boolean adversarial(List<RoundMetrics> rounds) {
    return rounds.stream().anyMatch(r -> r.losses().containsKey(DISCRIMINATOR));
  }

  /** What a person calls a loss: {@code D(fake)} for {@code discriminatorOnFake}. */
  static String label(String name) {
    return switch (name) {
      case ON_REAL -> "D(real)";
      case ON_FAKE -> "D(fake)";
      case MetricNames.NEGATIVE_ELBO -> "negative ELBO";
      case MetricNames.LOG_LIKELIHOOD -> "log p(x)";
      case MetricNames.ACTIVE_UNITS -> "active units";
      case MetricNames.FRECHET_DISTANCE -> "Frechet distance";
      case MetricNames.KERNEL_DISTANCE -> "kernel distance";
      case MetricNames.CLASS_AGREEMENT -> "class agreement";
      default -> name;
    };
  }

  /** The name of the metric that says what real data reach; empty if there is none. */
  static Optional<String> realOf(String name) {
    return switch (name) {
      case MetricNames.FRECHET_DISTANCE -> Optional.of(MetricNames.FRECHET_FLOOR);
      case MetricNames.KERNEL_DISTANCE -> Optional.of(MetricNames.KERNEL_FLOOR);
      case MetricNames.PRECISION, MetricNames.RECALL, MetricNames.DENSITY, MetricNames.COVERAGE ->
          Optional.of(MetricNames.realOf(name));
      default -> Optional.empty();
    };
  }

  private static boolean equal(String name, String other, List<RoundMetrics> rounds) {
    return rounds.stream()
        .allMatch(
            r ->
                equal(r.loss(name), r.loss(other))
                    && equal(
                        r.loss(MetricNames.HELD_OUT + name), r.loss(MetricNames.HELD_OUT + other)));
  }

  private static boolean equal(OptionalDouble a, OptionalDouble b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty();
    }
    double size = Math.max(Math.abs(a.getAsDouble()), Math.abs(b.getAsDouble()));
    return Math.abs(a.getAsDouble() - b.getAsDouble()) <= EQUAL * size;
  }

  private static int rank(String name) {
    int rank = FIRST.indexOf(name);
    return rank < 0 ? FIRST.size() : rank;
  }
}
