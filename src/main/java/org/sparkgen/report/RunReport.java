package org.sparkgen.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private static final int MOST_PICTURE_BYTES = 500_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

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
    html.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n");
    html.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.element("title", content.run().name() + ": " + content.run().status().word());
    html.markup("<style>\n" + style() + "</style>\n</head>\n<body>\n<main>\n");
    header();
    health();
    pictures();
    evolution();
    curves();
    section("Data", ReportTables.data(content.data()));
    section("Configuration", ReportTables.configuration(content.configuration()));
    section("Versions", ReportTables.versions(content.versions()));
    artifacts();
    return html.markup("</main>\n</body>\n</html>\n").toString();
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
    html.open("section", "health");
    html.element("h2", Health.verdict(content.run().status(), findings)).open("ul");
    for (Finding finding : findings) {
      String severity = finding.severity().name().toLowerCase(Locale.ROOT);
      html.element("li", severity, finding.sentence());
    }
    html.close("ul").close("section");
  }

  private void pictures() {
    ReportPictures pictures = content.pictures();
    if (pictures.samples().isEmpty()
        && pictures.reconstructions().isEmpty()
        && pictures.interpolations().isEmpty()) {
      return;
    }
    html.open("section", "pictures");
    pictures.samples().ifPresent(p -> picture("Samples", "Drawn by the model from noise.", p));
    html.open("div");
    pictures
        .reconstructions()
        .ifPresent(
            p ->
                picture(
                    "Reconstructions",
                    "Originals, as the model sees them, above; what it makes of them below.",
                    p));
    pictures
        .interpolations()
        .ifPresent(
            p ->
                picture(
                    "Interpolations",
                    "From one example to another, in equal steps through the latent space.",
                    p));
    html.close("div").close("section");
  }

  private void picture(String title, String caption, Png png) {
    html.markup("<div>\n").element("h2", title);
    if (png.bytes().length > MOST_PICTURE_BYTES) {
      html.element(
          "p",
          "small",
          "The picture (%s) is too large for this page; it lies in the folder samples."
              .formatted(Format.bytes(png.bytes().length)));
    } else {
      html.markup(image(png, title)).element("p", "small", caption);
    }
    html.markup("</div>\n");
  }

  private void evolution() {
    List<GridPicture> pictures = Evolution.thin(content.pictures().evolution());
    if (pictures.isEmpty()) {
      return;
    }
    html.open("section").element("h2", "Samples over the rounds").open("div", "strip");
    for (GridPicture picture : pictures) {
      String name = "round " + Format.count(picture.round());
      html.open("figure").markup(image(picture.picture(), name)).element("figcaption", name);
      html.close("figure");
    }
    html.close("div").close("section");
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

  private static String image(Png png, String description) {
    return "<img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\">\n"
        .formatted(png.dataUri(), png.width(), png.height(), Html.escape(description));
  }

  private static String style() {
    try (InputStream stream = RunReport.class.getResourceAsStream("report.css")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css can't be read from the application jar", e);
    }
  }
}
