package org.sparkgen.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/** The few numbers by which a run is known, large. */
final class KeyFigures {
  private static final List<String> TELLING =
      List.of(
          MetricNames.LOG_LIKELIHOOD,
          MetricNames.FRECHET_DISTANCE,
          MetricNames.ACCURACY,
          MetricNames.LOSS,
          "reconstruction");
  private static final int MOST = 2;

  private final List<RoundMetrics> rounds;
  private final Html html = new Html();

  private KeyFigures(List<RoundMetrics> rounds) {
    this.rounds = rounds;
  }

  /**
   * Up to two metrics, what a discriminator thinks, the diversity and the speed; empty before the
   * first round has ended.
   */
  static String html(List<RoundMetrics> rounds, RunFacts facts) {
    return rounds.isEmpty() ? "" : new KeyFigures(rounds).figures(facts.diversity());
  }

  private String figures(OptionalDouble diversity) {
    html.open("dl", "figures");
    List<String> known = Losses.names(rounds);
    TELLING.stream().filter(known::contains).limit(MOST).forEach(this::metric);
    newest(Losses.ON_FAKE)
        .ifPresent(
            probability ->
                figure(
                    "fakes taken for real",
                    Math.round(100 * probability) + " %",
                    "by the discriminator; near 0 % the generator can't learn"));
    diversity.ifPresent(
        ratio ->
            figure(
                "variety of samples",
                Math.round(100 * ratio) + " %",
                "of that of real examples; about 100 % is right"));
    RoundMetrics newest = rounds.get(rounds.size() - 1);
    figure(
        "training speed",
        Format.count(Math.round(newest.imagesPerSecond())) + "/s",
        "examples in the last round");
    return html.close("dl").toString();
  }

  private void metric(String name) {
    Optional<Double> training = newest(name);
    Optional<Double> heldOut = newest(MetricNames.HELD_OUT + name);
    String value = Format.number(heldOut.or(() -> training).orElseThrow());
    String unit = MetricWords.of(rounds).unit(name);
    String beside =
        Losses.realOf(name)
            .flatMap(real -> newest(MetricNames.HELD_OUT + real))
            .map(real -> "real data reach " + Format.number(real))
            .or(
                () ->
                    heldOut.isPresent()
                        ? training.map(t -> "in training " + Format.number(t))
                        : Optional.empty())
            .orElse("");
    String label = (heldOut.isPresent() ? "held-out " : "") + Losses.label(name);
    figure(label, value, unit + (unit.isEmpty() || beside.isEmpty() ? "" : "; ") + beside);
  }

  private Optional<Double> newest(String name) {
    List<Point> series = Losses.series(rounds, name);
    return series.isEmpty() ? Optional.empty() : Optional.of(series.get(series.size() - 1).value());
  }

  private void figure(String label, String value, String beside) {
    html.open("div").element("dt", label).element("dd", value);
    html.element("dd", "small", beside).close("div");
  }
}
