package org.sparkgen.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkgen.report.PhaseTimes.Phase;
import org.sparkgen.training.RoundMetrics;

/** The tables of a report. */
final class ReportTables {
  private ReportTables() {}

  /** Counts, shards, the first rejects. */
  static String data(DataSummary data) {
    Table table = Table.of(Table.text(""), Table.code(""));
    table.row("path", data.path());
    table.row("an example", data.shape());
    table.row("listed", Format.count(data.listed()));
    table.row("accepted", Format.count(data.accepted()));
    table.row("rejected", rejected(data));
    if (data.heldOut() > 0) {
      table.row("held out", Format.count(data.heldOut()));
    }
    addShards(data.shardExamples(), table);
    table.row("fingerprint", data.fingerprint());
    return Html.sideBySide(table.html(), rejects(data));
  }

  /** Wall time by phase, then time inside tasks by phase. */
  static String timings(List<RoundMetrics> rounds) {
    Html html = new Html();
    html.markup(timings("Phase", PhaseTimes.wall(rounds), rounds.size()));
    PhaseTimes parts = PhaseTimes.parts(rounds);
    if (!parts.phases().isEmpty()) {
      html.markup(timings("Parts of phases", parts, rounds.size()));
    }
    PhaseTimes tasks = PhaseTimes.tasks(rounds);
    if (!tasks.phases().isEmpty()) {
      html.markup(timings("Inside tasks, summed over tasks", tasks, rounds.size()));
    }
    return html.toString();
  }

  /** Every key, a table for each section of the configuration. */
  static String configuration(Map<String, String> configuration) {
    Map<String, Table> sections = new LinkedHashMap<>();
    configuration.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          String section = dot < 0 ? "" : key.substring(0, dot);
          sections
              .computeIfAbsent(section, s -> Table.of(Table.text(s), Table.code("")))
              .row(key.substring(dot + 1), value);
        });
    Html html = new Html().open("div", "columns");
    sections.values().forEach(table -> html.markup(table.html()));
    return html.close("div").toString();
  }

  /** Versions and machine. */
  static String versions(Versions versions) {
    Table table = Table.of(Table.text(""), Table.code(""));
    versions.facts().forEach(table::row);
    return table.html();
  }

  /** Files with their digests. */
  static String artifacts(List<Artifact> artifacts) {
    Table table =
        Table.of(
            Table.text("Artifact"),
            Table.code("Where"),
            Table.number("Size"),
            Table.code("SHA-256"));
    artifacts.forEach(a -> table.row(a.name(), a.path(), Format.bytes(a.bytes()), a.sha256()));
    return table.html();
  }

  private static String timings(String heading, PhaseTimes times, int rounds) {
    Table table =
        Table.of(
            Table.text(heading),
            Table.number("Total"),
            Table.number("A round"),
            Table.number("Share"));
    for (Phase phase : times.phases()) {
      table.row(
          phase.shortName(),
          Format.seconds(phase.seconds()),
          Format.seconds(phase.seconds() / rounds),
          Format.percent(times.total() == 0 ? 0 : phase.seconds() / times.total()));
    }
    return table.html();
  }

  private static String rejected(DataSummary data) {
    return data.rejected() == 0
        ? "0"
        : Format.count(data.rejected())
            + " ("
            + Format.percent((double) data.rejected() / data.listed())
            + ")";
  }

  private static void addShards(List<Long> examples, Table table) {
    table.row("shards", Format.count(examples.size()));
    if (!examples.isEmpty()) {
      double[] counts = examples.stream().mapToDouble(Long::doubleValue).sorted().toArray();
      table.row(
          "examples a shard",
          "%s to %s, median %s"
              .formatted(
                  Format.count((long) counts[0]),
                  Format.count((long) counts[counts.length - 1]),
                  Format.count(Math.round(Median.of(counts)))));
    }
  }

  private static String rejects(DataSummary data) {
    if (data.rejects().isEmpty()) {
      return "";
    }
    Table table = Table.of(Table.code("Rejected"), Table.text("Reason"));
    data.rejects().forEach(r -> table.row(r.source(), r.reason()));
    Html html = new Html().markup(table.html());
    if (data.rejects().size() < data.rejected()) {
      html.element(
          "p",
          "small",
          "The first %d of %s; all of them are in the folder rejects."
              .formatted(data.rejects().size(), Format.count(data.rejected())));
    }
    return html.toString();
  }
}
