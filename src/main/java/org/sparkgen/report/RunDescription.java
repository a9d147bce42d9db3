package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.PhaseTimes.Phase;
import org.sparkgen.training.RoundMetrics;

/** What an output folder holds, as plain text for a terminal. */
public final class RunDescription {
  private static final int LABEL_WIDTH = 15;
  private static final String UNTRAINED = "failed before its first round";

  private final List<String> lines = new ArrayList<>();

  private RunDescription() {}

  /**
   * The description: what the run is, its newest metrics, its health, its files.
   *
   * @param run {@code run.json}
   * @param rounds {@code metrics.jsonl}
   * @param result {@code result.json}; empty while the run is not over
   * @return lines that end with a line break
   */
  public static String text(
      RunRecord run, List<RoundMetrics> rounds, Optional<ResultRecord> result) {
    RunDescription description = new RunDescription();
    description.summary(run, rounds, result);
    description.newest(rounds);
    description.health(run, rounds, result);
    result.ifPresent(r -> description.artifacts(r.artifacts()));
    return String.join("\n", description.lines) + "\n";
  }

  /**
   * The description of a run that has not come to read its examples.
   *
   * @param result {@code result.json}; empty unless the run failed
   * @return lines that end with a line break
   */
  public static String ofUnbegun(RunConfig run, Optional<ResultRecord> result) {
    RunDescription description = new RunDescription();
    String family = Keyword.of(run.model().family());
    description.lines.add(
        run.run().name() + " (" + family + "), " + (result.isPresent() ? UNTRAINED : "not begun"));
    description.add(
        "reason",
        result
            .flatMap(ResultRecord::reason)
            .orElse("its examples are not read yet, or its driver was killed while it read them"));
    description.add("seed", Long.toString(run.run().seed()));
    description.add("data", run.data().path());
    return String.join("\n", description.lines) + "\n";
  }

  private void summary(RunRecord run, List<RoundMetrics> rounds, Optional<ResultRecord> result) {
    RunStatus status = result.map(ResultRecord::status).orElse(RunStatus.RUNNING);
    boolean untrained = status == RunStatus.FAILED && rounds.isEmpty();
    lines.add(run.name() + " (" + run.family() + "), " + (untrained ? UNTRAINED : word(status)));
    result.flatMap(ResultRecord::reason).ifPresent(reason -> add("reason", reason));
    int done = rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).round();
    add("rounds", Format.count(done) + " of " + Format.count(run.rounds()));
    result.ifPresent(r -> add("time", Format.seconds(r.elapsed().toMillis() / 1000.0)));
    add("started", run.started().toString());
    add("seed", Long.toString(run.seed()));
    DataSummary data = run.data();
    add("data", data.path());
    add(
        "",
        "%s of %s examples, %s, in %s"
            .formatted(
                Format.count(data.accepted()),
                Format.count(data.listed()),
                data.shape(),
                Format.count(data.shardExamples().size(), "shard")));
  }

  private void newest(List<RoundMetrics> rounds) {
    if (rounds.isEmpty()) {
      return;
    }
    RoundMetrics newest = rounds.get(rounds.size() - 1);
    heading("Round " + Format.count(newest.round()));
    for (String name : Losses.names(rounds)) {
      String text = lossText(name, newest);
      if (!text.isEmpty()) {
        add(Losses.label(name), text);
      }
    }
    add("speed", Format.number(newest.imagesPerSecond()) + " images/s");
    for (Phase phase : PhaseTimes.wall(List.of(newest)).phases()) {
      add(phase.name(), Format.seconds(phase.seconds()));
    }
    add("weights", newest.weightsSha256());
  }

  /** A metric's values on training and held-out examples; empty if it has neither. */
  private static String lossText(String name, RoundMetrics newest) {
    OptionalDouble training = newest.loss(name);
    OptionalDouble heldOut = newest.loss(MetricNames.HELD_OUT + name);
    List<String> texts = new ArrayList<>();
    training.ifPresent(value -> texts.add(Format.number(value)));
    heldOut.ifPresent(
        value ->
            texts.add(
                (training.isPresent() ? "(held-out %s)" : "%s held-out")
                    .formatted(Format.number(value))));
    return String.join("  ", texts);
  }

  private void health(RunRecord run, List<RoundMetrics> rounds, Optional<ResultRecord> result) {
    RunStatus status = result.map(ResultRecord::status).orElse(RunStatus.RUNNING);
    RunFacts facts = result.map(ResultRecord::facts).orElse(RunFacts.none());
    List<Finding> findings = Health.findings(rounds, Optional.of(run.data()), facts);
    heading("Health: " + Health.verdict(status, findings));
    findings.forEach(f -> lines.add("  " + mark(f.severity()) + " " + f.sentence()));
  }

  private void artifacts(List<Artifact> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    heading("Files");
    int width = artifacts.stream().mapToInt(a -> a.path().length()).max().orElse(0);
    for (Artifact artifact : artifacts) {
      String path = artifact.path() + " ".repeat(width - artifact.path().length());
      lines.add("  %s  %10s".formatted(path, Format.bytes(artifact.bytes())));
    }
  }

  private void heading(String text) {
    lines.add("");
    lines.add(text);
  }

  private void add(String label, String value) {
    lines.add("  " + label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())) + " " + value);
  }

  private static String word(RunStatus status) {
    return status == RunStatus.RUNNING ? "not finished" : status.word();
  }

  private static String mark(Severity severity) {
    return switch (severity) {
      case GOOD -> "ok     ";
      case NOTE -> "note   ";
      case WARNING -> "warning";
      case BAD -> "BAD    ";
    };
  }
}
