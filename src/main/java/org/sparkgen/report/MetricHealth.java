package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/** What the newest metrics of held-out examples and of samples say. */
public final class MetricHealth {
  /** A smaller share of active latent dimensions is worth a look. */
  public static final double FEW_ACTIVE = 0.1;

  /** Samples that cover less than this share of what real data do have collapsed to some modes. */
  public static final double COLLAPSED_COVERAGE = 0.25;

  /** Samples that cover less than this share of what real data do miss part of the data. */
  public static final double LOW_COVERAGE = 0.6;

  /** A Frechet distance so many times that of real data is near it. */
  public static final double NEAR_FLOOR = 10;

  /** A Frechet distance so many times that of real data is far above it. */
  public static final double FAR_ABOVE_FLOOR = 100;

  /** A Frechet distance this much above its lowest value has risen again. */
  public static final double DISTANCE_RISE = 0.2;

  /** Samples that show their class less often than this are hardly conditional. */
  public static final double LOW_AGREEMENT = 0.5;

  /** Samples of a good conditional model show their class more often than this. */
  public static final double GOOD_AGREEMENT = 0.9;

  private final List<RoundMetrics> rounds;

  private MetricHealth(List<RoundMetrics> rounds) {
    this.rounds = rounds;
  }

  /** All findings; none where nothing was measured. */
  static List<Finding> findings(List<RoundMetrics> rounds) {
    MetricHealth health = new MetricHealth(rounds);
    List<Finding> findings = new ArrayList<>();
    health.activeUnits().ifPresent(findings::add);
    health.coverage().ifPresent(findings::add);
    health.distance().ifPresent(findings::add);
    health.classAgreement().ifPresent(findings::add);
    return findings;
  }

  /** Which round is published. */
  static Finding best(BestRound best) {
    return new Finding(
        Severity.NOTE,
        "Round %s has the best held-out %s, %s: its weights are the ones that count."
            .formatted(
                Format.count(best.round()),
                Losses.label(best.metric()),
                Format.number(best.value())));
  }

  /** Whether latent dimensions carry information. */
  private Optional<Finding> activeUnits() {
    Optional<Double> active = newest(MetricNames.ACTIVE_UNITS);
    Optional<Double> latents = newest(MetricNames.LATENT_UNITS);
    if (active.isEmpty() || latents.isEmpty()) {
      return Optional.empty();
    }
    String measured =
        "%s of %s latent dimensions are active."
            .formatted(
                Format.count(Math.round(active.get())), Format.count(Math.round(latents.get())));
    if (active.get() == 0) {
      return Health.finding(
          Severity.BAD,
          "Posterior collapse: no latent dimension is active, and the decoder ignores all of them."
              + " Lower beta, warm it up, or set free bits.");
    }
    return active.get() < FEW_ACTIVE * latents.get()
        ? Health.finding(
            Severity.WARNING, "Posterior collapse of most dimensions: only " + measured)
        : Health.finding(Severity.GOOD, "The latent space is used: " + measured);
  }

  /** Whether samples cover the data: the worse of recall and coverage, against real data. */
  private Optional<Finding> coverage() {
    Optional<Finding> coverage = covered(MetricNames.COVERAGE);
    Optional<Finding> recall = covered(MetricNames.RECALL);
    if (coverage.isEmpty() || recall.isEmpty()) {
      return coverage.or(() -> recall);
    }
    return recall.get().severity().compareTo(coverage.get().severity()) > 0 ? recall : coverage;
  }

  private Optional<Finding> covered(String metric) {
    Optional<Double> value = newest(metric);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Double> real = newest(MetricNames.realOf(metric));
    double share = value.get() / Math.max(real.orElse(1.0), Double.MIN_NORMAL);
    String measured =
        "%s of samples is %s%s."
            .formatted(
                metric,
                Format.number(value.get()),
                real.map(r -> ", of real data " + Format.number(r)).orElse(""));
    if (share < COLLAPSED_COVERAGE) {
      return Health.finding(
          Severity.BAD, "Mode collapse: samples show only a part of the data; " + measured);
    }
    return share < LOW_COVERAGE
        ? Health.finding(Severity.WARNING, "Samples miss a part of the data: " + measured)
        : Health.finding(Severity.GOOD, "Samples cover the data: " + measured);
  }

  /** How far samples are from real data, beside how far real data are from each other. */
  private Optional<Finding> distance() {
    List<Point> series = series(MetricNames.FRECHET_DISTANCE);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    double value = series.get(series.size() - 1).value();
    Point best = series.stream().min((a, b) -> Double.compare(a.value(), b.value())).orElseThrow();
    if (value > (1 + DISTANCE_RISE) * best.value()) {
      return Health.finding(
          Severity.WARNING,
          "Samples have become worse: their Frechet distance was lowest after round %s (%s) and is %s now."
              .formatted(
                  Format.count(best.round()), Format.number(best.value()), Format.number(value)));
    }
    return newest(MetricNames.FRECHET_FLOOR).filter(f -> f > 0).flatMap(f -> nearness(value, f));
  }

  private static Optional<Finding> nearness(double value, double floor) {
    String measured =
        "their Frechet distance is %s, that of as many real examples %s."
            .formatted(Format.number(value), Format.number(floor));
    if (value > FAR_ABOVE_FLOOR * floor) {
      return Health.finding(Severity.WARNING, "Samples are far from the data: " + measured);
    }
    return value > NEAR_FLOOR * floor
        ? Health.finding(Severity.NOTE, "Samples can be told from the data: " + measured)
        : Health.finding(Severity.GOOD, "Samples are close to the data: " + measured);
  }

  /** Whether samples show the class that was asked for. */
  private Optional<Finding> classAgreement() {
    return newest(MetricNames.CLASS_AGREEMENT)
        .flatMap(
            share -> {
              String measured =
                  "the classifier finds the asked-for class in %s of them."
                      .formatted(Format.percent(share));
              if (share < LOW_AGREEMENT) {
                return Health.finding(Severity.BAD, "Samples hardly show their class: " + measured);
              }
              return share < GOOD_AGREEMENT
                  ? Health.finding(Severity.WARNING, "Samples often miss their class: " + measured)
                  : Health.finding(Severity.GOOD, "Samples show their class: " + measured);
            });
  }

  private List<Point> series(String metric) {
    return Losses.series(rounds, MetricNames.HELD_OUT + metric);
  }

  private Optional<Double> newest(String metric) {
    List<Point> series = series(metric);
    return series.isEmpty() ? Optional.empty() : Optional.of(series.get(series.size() - 1).value());
  }
}
