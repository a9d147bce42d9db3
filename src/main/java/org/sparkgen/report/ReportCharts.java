package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.LineChart.Line;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/** The curves of a report: one chart a loss, then the throughput. */
final class ReportCharts {
  private static final List<String> OPINIONS = List.of(Losses.ON_REAL, Losses.ON_FAKE);

  private final List<RoundMetrics> rounds;
  private final Optional<BestRound> best;

  /** Curves over some rounds, of which one may be marked as the best. */
  ReportCharts(List<RoundMetrics> rounds, Optional<BestRound> best) {
    this.rounds = rounds;
    this.best = best;
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
    lines.add(new Line("training", Losses.series(rounds, name)));
    lines.add(new Line("held-out", Losses.series(rounds, MetricNames.HELD_OUT + name)));
    Losses.realOf(name)
        .map(real -> Losses.series(rounds, MetricNames.HELD_OUT + real))
        .ifPresent(points -> lines.add(new Line("real data", points)));
    best.filter(b -> b.metric().equals(name))
        .map(b -> new Point(b.round(), b.value()))
        .ifPresent(point -> lines.add(Line.mark("best", point)));
    lines.removeIf(line -> line.points().isEmpty());
    return lines.isEmpty() ? "" : LineChart.ofLevels(Losses.label(name), lines);
  }

  private String opinions() {
    return LineChart.ofLevels(
        "probability of being real",
        List.of(
            new Line("real images", Losses.series(rounds, Losses.ON_REAL)),
            new Line("generated images", Losses.series(rounds, Losses.ON_FAKE))));
  }

  private String throughput() {
    List<Point> points =
        rounds.stream()
            .filter(r -> Double.isFinite(r.imagesPerSecond()))
            .map(r -> new Point(r.round(), r.imagesPerSecond()))
            .toList();
    return points.isEmpty()
        ? ""
        : LineChart.ofAmounts("images per second", List.of(new Line("images per second", points)));
  }
}
