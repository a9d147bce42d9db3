package org.sparkgen.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The verdict over a run and what it rests on, the worst first. */
final class HealthPanel {
  private HealthPanel() {}

  static String html(RunStatus status, List<Finding> findings) {
    Html html = new Html().open("section", "health worst-" + worst(status, findings));
    html.element("h2", Health.verdict(status, findings)).open("ul");
    for (Finding finding : findings) {
      html.element("li", word(finding.severity()), finding.sentence());
    }
    return html.close("ul").close("section").toString();
  }

  private static String worst(RunStatus status, List<Finding> findings) {
    return status == RunStatus.FAILED
        ? word(Severity.BAD)
        : findings.stream()
            .map(Finding::severity)
            .max(Comparator.naturalOrder())
            .map(HealthPanel::word)
            .orElse(word(Severity.NOTE));
  }

  private static String word(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }
}
