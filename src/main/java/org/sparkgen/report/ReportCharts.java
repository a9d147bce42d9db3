package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.LineChart.Line;
import org.sparkgen.report.LineChart.Title;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/** The curves of a report: one chart a loss, then the throughput. */
final class ReportCharts {
  private static final List<String> OPINIONS = List.of(Losses.ON_REAL, Losses.ON_FAKE);

  static final Title SPEED =
      new Title("images per second", "", "How fast shards trained, without averaging and saving.");
  private static final int MARKS = 3;

  private final List<RoundMetrics> rounds;
  private final MetricWords words;
  private final Optional<BestRound> best;

  /** Curves over some rounds, of which one may be marked as the best. */
  ReportCharts(List<RoundMetrics> rounds, Optional<BestRound> best) {
    this.rounds = rounds;
    this.best = best;
    this.words = MetricWords.of(rounds);
  }

  /** All charts side by side. */
  String html() {
    Html html = new Html().open("div", "charts");
    List<String> names = new ArrayList<>(Losses.names(rounds));
    best.map(BestRound::metric).filter(name -> !names.contains(name)).ifPresent(names::add);
    boolean opinions = names.containsAll(OPINIONS);
    names.removeAll(opinions ? OPINIONS : List.of());
    names.forEach(name -> html.markup(loss(name)));
    html.markup(opinions ? opinions() : "");
    html.markup(throughput());
    return html.close("div").toString();
  }

  private String loss(String name) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("training", Losses.series(rounds, name), 0));
    lines.add(new Line("held-out", Losses.series(rounds, MetricNames.HELD_OUT + name), 1));
    Losses.realOf(name)
        .map(real -> Losses.series(rounds, MetricNames.HELD_OUT + real))
        .ifPresent(points -> lines.add(new Line("real data", points, 2)));
    best.filter(b -> b.metric().equals(name))
        .map(b -> new Point(b.round(), b.value()))
        .ifPresent(point -> lines.add(Line.mark("best", point, MARKS)));
    lines.removeIf(line -> line.points().isEmpty());
    return lines.isEmpty() ? "" : LineChart.ofLevels(words.title(name), lines);
  }

  private String opinions() {
    return LineChart.ofLevels(
        new Title(
            "takes for real",
            "probability",
            "What the discriminator thinks. Near 1 and 0, it wins always, and the generator learns nothing."),
        List.of(
            new Line("real images", Losses.series(rounds, Losses.ON_REAL), 0),
            new Line("generated images", Losses.series(rounds, Losses.ON_FAKE), 1)));
  }

  private String throughput() {
    List<Point> points = speeds(rounds);
    return points.isEmpty()
        ? ""
        : LineChart.ofAmounts(SPEED, List.of(new Line("images per second", points, 0)));
  }

  /** Images per second. */
  static List<Point> speeds(List<RoundMetrics> rounds) {
    return rounds.stream()
        .filter(r -> Double.isFinite(r.imagesPerSecond()))
        .map(r -> new Point(r.round(), r.imagesPerSecond()))
        .toList();
  }
}
