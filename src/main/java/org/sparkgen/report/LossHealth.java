package org.sparkgen.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/**
 * What the losses say. The trend is that of the last quarter of the rounds; a level is the mean of
 * the last five values.
 */
public final class LossHealth {
  /** A smaller change over the last quarter, relative to the level, counts as flat. */
  public static final double FLAT = 0.005;

  /** Held-out loss may lie this much above the training loss, relative to it. */
  public static final double SMALL_GAP = 0.05;

  /** A larger gap is overfitting. */
  public static final double LARGE_GAP = 0.15;

  /** Held-out loss that rose by more than this above its minimum is overfitting. */
  public static final double HELD_OUT_RISE = 0.02;

  /** A smaller KL term, in nats per example, is a collapsed posterior. */
  public static final double COLLAPSED_KL = 0.1;

  /** A smaller KL term, in nats per example, tells the decoder very little. */
  public static final double LOW_KL = 1;

  /** A smaller discriminator loss is saturated: the generator learns nothing from it. */
  public static final double SATURATED_DISCRIMINATOR = 0.02;

  /** A smaller discriminator loss is close to saturation. */
  public static final double LOW_DISCRIMINATOR = 0.1;

  /** A discriminator that gives generated images a smaller probability is saturated. */
  public static final double SATURATED_PROBABILITY = 0.01;

  /** A discriminator that gives generated images a smaller probability is close to saturation. */
  public static final double LOW_PROBABILITY = 0.05;

  private static final int FEWEST_ROUNDS = 4;
  private static final int LEVEL_ROUNDS = 5;

  private LossHealth() {}

  /** Bad if any loss was NaN or infinite. */
  public static Optional<Finding> finite(List<RoundMetrics> rounds) {
    for (RoundMetrics round : rounds) {
      for (Map.Entry<String, Double> loss : round.losses().entrySet()) {
        if (!Double.isFinite(loss.getValue())) {
          return Health.finding(
              Severity.BAD,
              "The loss '%s' was not a finite number in round %d."
                  .formatted(loss.getKey(), round.round()));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the training loss falls, is flat or rises; nothing for adversarial runs. */
  public static Optional<Finding> trend(List<RoundMetrics> rounds) {
    if (Losses.adversarial(rounds) || rounds.isEmpty()) {
      return Optional.empty();
    }
    String name = Losses.names(rounds).stream().findFirst().orElse(MetricNames.LOSS);
    List<Point> series = Losses.series(rounds, name);
    if (series.size() < FEWEST_ROUNDS) {
      return Health.finding(
          Severity.NOTE,
          "Too few rounds (%d) to tell where the loss is going.".formatted(series.size()));
    }
    int window = Math.max(FEWEST_ROUNDS, series.size() / 4);
    Trend trend = Trend.of(values(series.subList(series.size() - window, series.size())));
    return Health.finding(trendSeverity(series, trend), trendSentence(name, series, trend, window));
  }

  /** Held-out loss against training loss, after the last round that has both. */
  public static Optional<Finding> heldOut(List<RoundMetrics> rounds) {
    for (String name : Losses.names(rounds)) {
      List<Point> heldOut = Losses.series(rounds, MetricNames.HELD_OUT + name);
      if (!heldOut.isEmpty()) {
        Point last = heldOut.get(heldOut.size() - 1);
        return Losses.series(rounds, name).stream()
            .filter(p -> p.round() == last.round())
            .findFirst()
            .flatMap(training -> compare(name, training, heldOut));
      }
    }
    return Optional.empty();
  }

  /** Whether the latent code carries information: the KL term is not near zero. */
  public static Optional<Finding> posterior(List<RoundMetrics> rounds) {
    List<Point> series = Losses.series(rounds, Losses.KL);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    double level = level(series);
    String measured = "the KL term is %s nats per example.".formatted(Format.number(level));
    if (level < COLLAPSED_KL) {
      return Health.finding(
          Severity.BAD,
          "Posterior collapse suspected: "
              + measured
              + " The decoder ignores the latent code; lower beta or warm it up.");
    }
    if (level < LOW_KL) {
      return Health.finding(
          Severity.WARNING, "The latent code says little about an example: " + measured);
    }
    return Health.finding(Severity.GOOD, "The latent code is used: " + measured);
  }

  /** Whether the discriminator still makes mistakes that the generator can learn from. */
  public static Optional<Finding> discriminator(List<RoundMetrics> rounds) {
    List<Point> series = Losses.series(rounds, Losses.DISCRIMINATOR);
    if (series.isEmpty()) {
      return Optional.empty();
    }
    double level = level(series);
    List<Point> onFake = Losses.series(rounds, Losses.ON_FAKE);
    double probability = onFake.isEmpty() ? 1 : level(onFake);
    String measured =
        "its loss is %s%s."
            .formatted(
                Format.number(level),
                onFake.isEmpty()
                    ? ""
                    : " and it takes generated images for real with probability "
                        + Format.decimals(probability, 2));
    if (level < SATURATED_DISCRIMINATOR || probability < SATURATED_PROBABILITY) {
      return Health.finding(
          Severity.BAD,
          "The discriminator is saturated: "
              + measured
              + " The generator learns next to nothing from it.");
    }
    if (level < LOW_DISCRIMINATOR || probability < LOW_PROBABILITY) {
      return Health.finding(Severity.WARNING, "The discriminator wins almost always: " + measured);
    }
    return Health.finding(
        Severity.GOOD,
        "The discriminator still errs, as it should: "
            + measured
            + " Losses of a GAN need not fall; judge the samples.");
  }

  private static Severity trendSeverity(List<Point> series, Trend trend) {
    double relative = relative(series, trend);
    double sinceStart = (series.get(0).value() - level(series)) / Math.abs(level(series));
    if (trend.clear() && relative > FLAT) {
      return Severity.WARNING;
    }
    if (trend.clear() && relative < -FLAT) {
      return Severity.NOTE;
    }
    return sinceStart < FLAT ? Severity.WARNING : Severity.GOOD;
  }

  private static String trendSentence(String name, List<Point> series, Trend trend, int window) {
    String loss = name.equals(MetricNames.LOSS) ? "The loss" : "The loss '" + name + "'";
    String change = Format.percent(Math.abs(relative(series, trend)));
    String now = Format.number(series.get(series.size() - 1).value());
    return switch (trendSeverity(series, trend)) {
      case GOOD -> "%s has levelled off at %s.".formatted(loss, now);
      case NOTE ->
          "%s is still falling: by %s over the last %d rounds, to %s. More epochs would help."
              .formatted(loss, change, window, now);
      case WARNING, BAD ->
          trend.clear() && trend.change() > 0
              ? "%s is rising: by %s over the last %d rounds, to %s."
                  .formatted(loss, change, window, now)
              : "%s has hardly moved since the first round: %s then, %s now."
                  .formatted(loss, Format.number(series.get(0).value()), now);
    };
  }

  private static double relative(List<Point> series, Trend trend) {
    return trend.change() / Math.abs(level(series));
  }

  private static Optional<Finding> compare(String name, Point training, List<Point> heldOut) {
    Point last = heldOut.get(heldOut.size() - 1);
    Point best = heldOut.stream().min((a, b) -> Double.compare(a.value(), b.value())).orElse(last);
    double rise = (last.value() - best.value()) / Math.abs(best.value());
    double gap = (last.value() - training.value()) / Math.abs(training.value());
    String measured =
        "%s %s, training %s"
            .formatted(name, Format.number(last.value()), Format.number(training.value()));
    if (rise > HELD_OUT_RISE) {
      return Health.finding(
          Severity.WARNING,
          "Overfitting: held-out %s was lowest after round %d (%s) and has risen to %s since."
              .formatted(
                  name, best.round(), Format.number(best.value()), Format.number(last.value())));
    }
    if (gap > LARGE_GAP) {
      return Health.finding(
          Severity.WARNING,
          "Overfitting: held-out %s, a gap of %s.".formatted(measured, Format.percent(gap)));
    }
    if (gap > SMALL_GAP) {
      return Health.finding(
          Severity.NOTE,
          "Held-out data do somewhat worse than training data: %s, a gap of %s."
              .formatted(measured, Format.percent(gap)));
    }
    return Health.finding(
        Severity.GOOD, "Held-out data do as well as training data: " + measured + ".");
  }

  private static double level(List<Point> series) {
    double[] last =
        values(series.subList(Math.max(0, series.size() - LEVEL_ROUNDS), series.size()));
    double sum = 0;
    for (double value : last) {
      sum += value;
    }
    return sum / last.length;
  }

  private static double[] values(List<Point> series) {
    return series.stream().mapToDouble(Point::value).toArray();
  }
}
