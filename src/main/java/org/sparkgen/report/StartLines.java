package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is logged when a run begins. */
final class StartLines {
  private StartLines() {}

  /** Settings, data, shards and versions, a line each. */
  static List<String> of(RunRecord run, int roundsDone) {
    List<String> lines = new ArrayList<>();
    lines.add("run       " + run.name() + " (" + run.family() + "), seed " + run.seed());
    lines.add("data      " + run.data().path() + ", " + run.data().shape());
    lines.add("examples  " + examples(run.data()));
    lines.add("rounds    " + rounds(run.rounds(), roundsDone));
    section(run.configuration(), "model", lines);
    section(run.configuration(), "training", lines);
    run.versions().facts().forEach((name, value) -> lines.add("version   " + name + " " + value));
    return lines;
  }

  private static String examples(DataSummary data) {
    List<Long> shards = data.shardExamples();
    long fewest = shards.stream().mapToLong(Long::longValue).min().orElse(0);
    long most = shards.stream().mapToLong(Long::longValue).max().orElse(0);
    return "%s accepted, %s rejected, %s of %s to %s, %s held out"
        .formatted(
            Format.count(data.accepted()),
            Format.count(data.rejected()),
            Format.count(shards.size(), "shard"),
            Format.count(fewest),
            Format.count(most),
            Format.count(data.heldOut()));
  }

  private static String rounds(int planned, int done) {
    return done == 0
        ? Format.count(planned)
        : Format.count(planned) + ", resumed after round " + Format.count(done);
  }

  private static void section(Map<String, String> keys, String section, List<String> lines) {
    String prefix = section + ".";
    String text =
        keys.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(e -> e.getKey().substring(prefix.length()) + "=" + e.getValue())
            .collect(Collectors.joining(" "));
    lines.add(section + " ".repeat(10 - section.length()) + text);
  }
}
