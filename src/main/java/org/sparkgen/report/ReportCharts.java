package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import org.sparkgen.report.LineChart.Line;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/** The curves of a report: one chart a loss, the throughput, the time by phase. */
final class ReportCharts {
  private final List<RoundMetrics> rounds;

  ReportCharts(List<RoundMetrics> rounds) {
    this.rounds = rounds;
  }

  /** All charts side by side; empty text before the first round has ended. */
  String html() {
    Html html = new Html().open("div", "charts");
    Losses.names(rounds).forEach(name -> html.markup(loss(name)));
    html.markup(throughput()).markup(rounds.isEmpty() ? "" : PhaseChart.of(rounds));
    return html.close("div").toString();
  }

  private String loss(String name) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("training", Losses.series(rounds, name)));
    lines.add(new Line("held-out", Losses.series(rounds, Losses.HELD_OUT + name)));
    lines.removeIf(line -> line.points().isEmpty());
    return lines.isEmpty() ? "" : LineChart.ofLevels(name, lines);
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
