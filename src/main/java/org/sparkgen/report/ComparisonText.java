package org.sparkgen.report;

import java.util.List;
import org.sparkgen.report.RunComparison.Row;

/** A comparison for a terminal. */
final class ComparisonText {
  private final RunComparison runs;
  private final StringBuilder text = new StringBuilder();

  ComparisonText(RunComparison runs) {
    this.runs = runs;
  }

  String text() {
    run("A", runs.a());
    run("B", runs.b());
    runs.cautions().forEach(caution -> text.append("! ").append(caution).append('\n'));
    table("", runs.facts());
    table("Settings that differ", runs.settings());
    table("Metrics of the rounds that count", runs.metrics());
    return text.toString();
  }

  private void run(String letter, ComparedRun run) {
    text.append("%s  %s, %s\n".formatted(letter, run.record().name(), run.path()));
  }

  private void table(String title, List<Row> rows) {
    text.append('\n');
    if (rows.isEmpty()) {
      text.append(title).append(": none\n");
      return;
    }
    TextTable table = new TextTable().row(title, "A", "B", "");
    rows.forEach(row -> table.row("  " + row.name(), row.a(), row.b(), row.remark()));
    text.append(table.text());
  }
}
