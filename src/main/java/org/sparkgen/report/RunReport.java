package org.sparkgen.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/**
 * The page by which a person judges a run: one self-contained HTML file without scripts, which
 * loads nothing from anywhere, is readable in light and dark, and stays under 5 MB. Every text from
 * outside is escaped; secrets must be masked before.
 */
public final class RunReport {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ReportContent content;
  private final Html html = new Html();

  private RunReport(ReportContent content) {
    this.content = content;
  }

  /** The page, to be written as UTF-8. The same content gives the same text. */
  public static String html(ReportContent content) {
    return new RunReport(content).page();
  }

  private String page() {
    header();
    health();
    html.markup(KeyFigures.html(content.rounds(), content.facts()));
    html.markup(ReportGallery.html(content.pictures()));
    curves();
    section("Data", ReportTables.data(content.data()));
    section("Configuration", ReportTables.configuration(content.configuration()));
    section("Versions", ReportTables.versions(content.versions()));
    artifacts();
    return Page.html(content.run().name() + ": " + content.run().status().word(), html.toString());
  }

  private void header() {
    RunSummary run = content.run();
    html.markup("<header>\n").open("h1").markup(Html.escape(run.name()) + " ");
    html.element("span", "status " + run.status().word(), run.status().word()).close("h1");
    run.reason().ifPresent(reason -> html.element("p", "reason", reason));
    html.element("p", "facts", String.join(" · ", facts()));
    html.element("p", "small", run.output()).close("header");
  }

  private List<String> facts() {
    RunSummary run = content.run();
    List<RoundMetrics> rounds = content.rounds();
    int done = rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).round();
    long examples = rounds.stream().mapToLong(RoundMetrics::examples).sum();
    return List.of(
        run.family(),
        "%s of %s".formatted(Format.count(done), Format.count(run.roundsPlanned(), "round")),
        Format.count(examples) + " examples seen",
        Format.seconds(run.elapsed().toMillis() / 1000.0),
        "seed " + run.seed(),
        "started " + TIME.format(run.started()));
  }

  private void health() {
    List<Finding> findings =
        Health.findings(content.rounds(), Optional.of(content.data()), content.facts());
    html.markup(HealthPanel.html(content.run().status(), findings));
  }

  private void curves() {
    List<RoundMetrics> rounds = content.rounds();
    if (!rounds.isEmpty()) {
      section("Curves", featureNetwork() + new ReportCharts(rounds, content.facts().best()).html());
      section("Time", Html.sideBySide(PhaseChart.of(rounds), ReportTables.timings(rounds)));
    }
  }

  /** What distances among the curves are measured in. */
  private String featureNetwork() {
    return content
        .facts()
        .features()
        .map(f -> new Html().element("p", "small", EvaluationTable.words(f) + counts()).toString())
        .orElse("");
  }

  private String counts() {
    List<Point> real =
        Losses.series(content.rounds(), MetricNames.HELD_OUT + MetricNames.REAL_COUNT);
    List<Point> samples =
        Losses.series(content.rounds(), MetricNames.HELD_OUT + MetricNames.SAMPLE_COUNT);
    return real.isEmpty() || samples.isEmpty()
        ? ""
        : " Compared are %s real examples and %s samples; what real data reach is of as many."
            .formatted(
                Format.count((long) real.get(real.size() - 1).value()),
                Format.count((long) samples.get(samples.size() - 1).value()));
  }

  private void artifacts() {
    if (!content.artifacts().isEmpty()) {
      section("Artifacts", ReportTables.artifacts(content.artifacts()));
    }
  }

  private void section(String title, String body) {
    html.open("section").element("h2", title).markup(body).close("section");
  }
}
