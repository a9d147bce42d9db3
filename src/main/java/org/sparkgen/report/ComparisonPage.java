package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.LineChart.Line;
import org.sparkgen.report.LineChart.Look;
import org.sparkgen.report.RunComparison.Row;
import org.sparkgen.training.RoundMetrics;

/** A comparison as a page: A in the first colour, B in the second. */
final class ComparisonPage {
  private final RunComparison runs;
  private final Html html = new Html();

  ComparisonPage(RunComparison runs) {
    this.runs = runs;
  }

  String html() {
    String title = runs.a().record().name() + " and " + runs.b().record().name();
    html.open("header").element("h1", title).close("header");
    html.markup(Html.sideBySide(run("A", 0, runs.a()), run("B", 1, runs.b())));
    cautions();
    pictures("Samples", ComparedRun::samples);
    html.open("section", "pair").open("div").element("h2", "Results");
    html.markup(table(runs.facts(), "")).markup(table(runs.metrics(), "Metric")).close("div");
    html.open("div").element("h2", "Settings that differ");
    html.markup(runs.settings().isEmpty() ? "<p>None.</p>\n" : table(runs.settings(), "Setting"));
    html.close("div").close("section");
    pictures("Reconstructions", ComparedRun::reconstructions);
    charts();
    return Page.html(title, html.toString());
  }

  private static String run(String letter, int colour, ComparedRun run) {
    Html html = new Html().open("h2").markup("<i class=\"key line" + colour + "\"></i>");
    html.markup(Html.escape(letter + ": " + run.record().name())).close("h2");
    html.element("p", "small", run.path());
    return html.markup(HealthPanel.html(run.status(), run.findings())).toString();
  }

  private void cautions() {
    if (!runs.cautions().isEmpty()) {
      html.open("section").element("h2", "Compare with care").open("ul", "care");
      runs.cautions().forEach(caution -> html.element("li", caution));
      html.close("ul").close("section");
    }
  }

  private static String table(List<Row> rows, String heading) {
    Table table = Table.of(Table.text(heading), Table.code("A"), Table.code("B"), Table.text(""));
    rows.forEach(row -> table.row(row.name(), row.a(), row.b(), row.remark()));
    return table.html();
  }

  private void pictures(String title, Function<ComparedRun, Optional<Png>> picture) {
    String ofA = picture("A", title, picture.apply(runs.a()));
    String ofB = picture("B", title, picture.apply(runs.b()));
    if (picture.apply(runs.a()).isPresent() || picture.apply(runs.b()).isPresent()) {
      html.open("section").element("h2", title).markup(Html.sideBySide(ofA, ofB)).close("section");
    }
  }

  private static String picture(String letter, String title, Optional<Png> png) {
    String shown =
        png.flatMap(PagePicture::of).map(p -> p.html(title + " of " + letter)).orElse("");
    return new Html()
        .markup(shown)
        .element("p", "small", shown.isEmpty() ? letter + " has none." : letter)
        .toString();
  }

  private void charts() {
    html.open("section").element("h2", "Curves").open("div", "charts");
    runs.names().forEach(name -> html.markup(chart(name)));
    List<Line> speeds =
        List.of(
            new Line("A", ReportCharts.speeds(runs.a().rounds()), 0),
            new Line("B", ReportCharts.speeds(runs.b().rounds()), 1));
    if (speeds.stream().anyMatch(line -> !line.points().isEmpty())) {
      html.markup(LineChart.ofAmounts(ReportCharts.SPEED, speeds));
    }
    html.close("div").close("section");
  }

  private String chart(String name) {
    List<Line> lines = new ArrayList<>();
    lines(name, "A", 0, runs.a(), lines);
    lines(name, "B", 1, runs.b(), lines);
    lines.removeIf(line -> line.points().isEmpty());
    List<RoundMetrics> rounds =
        Losses.names(runs.a().rounds()).contains(name) ? runs.a().rounds() : runs.b().rounds();
    return lines.isEmpty() ? "" : LineChart.ofLevels(MetricWords.of(rounds).title(name), lines);
  }

  private static void lines(
      String name, String letter, int colour, ComparedRun run, List<Line> lines) {
    lines.add(
        new Line(letter + " training", Losses.series(run.rounds(), name), colour, Look.DASHES));
    lines.add(
        new Line(
            letter + " held-out",
            Losses.series(run.rounds(), MetricNames.HELD_OUT + name),
            colour));
  }
}
