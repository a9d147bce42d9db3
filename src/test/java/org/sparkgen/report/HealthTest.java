package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HealthTest {
  @Test
  void noticesModeCollapse() {
    assertFinding(
        Health.diversity(OptionalDouble.of(0.08)),
        Severity.BAD,
        "Samples are nearly identical: they differ from each other 8 % as much as real ones. This"
            + " is mode collapse.");
    assertFinding(
        Health.diversity(OptionalDouble.of(0.4)),
        Severity.WARNING,
        "Samples vary less than the data: they differ from each other 40 % as much as real ones.");
    assertFinding(
        Health.diversity(OptionalDouble.of(0.93)),
        Severity.GOOD,
        "Samples vary as they should: they differ from each other 93 % as much as real ones.");
    assertThat(Health.diversity(OptionalDouble.empty())).isEmpty();
  }

  @Test
  void countsRejects() {
    assertFinding(
        Health.rejects(data(5_000, 0)), Severity.GOOD, "All 5,000 listed examples were used.");
    assertFinding(
        Health.rejects(data(5_000, 1)),
        Severity.NOTE,
        "1 of 5,000 listed examples (0.02 %) could not be used; the reasons are listed under Data.");
    assertThat(Health.rejects(data(5_000, 50))).map(Finding::severity).contains(Severity.WARNING);
    assertThat(Health.rejects(data(0, 0))).isEmpty();
  }

  @Test
  void noticesThatTrainingSlowedDown() {
    assertFinding(
        Health.throughput(Rounds.ofSpeeds(10, 100, 100, 100, 100, 70, 70, 70)),
        Severity.WARNING,
        "Training slowed down: 70 images a second in the last rounds, after 100 in the first half.");
    assertFinding(
        Health.throughput(Rounds.ofSpeeds(10, 100, 100, 100, 100, 95, 90, 96)),
        Severity.GOOD,
        "Training kept its speed: 95 images a second.");
    assertFinding(
        Health.throughput(Rounds.ofSpeeds(10, 12_345)),
        Severity.GOOD,
        "Training runs at 12,345 images a second.");
    assertThat(Health.throughput(List.of())).isEmpty();
  }

  @Test
  void tellsOfInterruptionsAndDamage() {
    assertFinding(
        Health.resumes(2), Severity.NOTE, "The run was resumed twice from its checkpoints.");
    assertFinding(
        Health.checkpointFallbacks(1),
        Severity.WARNING,
        "A damaged checkpoint was passed over for an older one, once. Check the storage.");
    assertThat(Health.resumes(0)).isEmpty();
    assertThat(Health.checkpointFallbacks(0)).isEmpty();
  }

  @Test
  void putsTheWorstFirst() {
    List<Finding> findings =
        Health.findings(
            Rounds.of(8, r -> Map.of("kl", 0.01, "loss", 100.0 - r)),
            Optional.of(data(100, 0)),
            new RunFacts(OptionalDouble.of(0.5), 1, 0));

    assertThat(findings)
        .extracting(Finding::severity)
        .containsExactly(
            Severity.BAD,
            Severity.WARNING,
            Severity.NOTE,
            Severity.NOTE,
            Severity.GOOD,
            Severity.GOOD);
  }

  @Test
  void sumsUp() {
    assertThat(verdict(RunStatus.FINISHED, Severity.GOOD, Severity.NOTE))
        .isEqualTo("Looks healthy.");
    assertThat(verdict(RunStatus.RUNNING, Severity.GOOD)).isEqualTo("Looks healthy so far.");
    assertThat(verdict(RunStatus.FINISHED, Severity.GOOD, Severity.WARNING))
        .isEqualTo("Usable, but worth a closer look.");
    assertThat(verdict(RunStatus.RUNNING, Severity.BAD, Severity.GOOD))
        .isEqualTo("Something is wrong.");
    assertThat(verdict(RunStatus.FAILED, Severity.GOOD)).isEqualTo("The run failed.");
    assertThat(verdict(RunStatus.RUNNING)).isEqualTo("Nothing to judge yet.");
  }

  private static String verdict(RunStatus status, Severity... severities) {
    return Health.verdict(
        status, List.of(severities).stream().map(s -> new Finding(s, "A sentence.")).toList());
  }

  private static DataSummary data(long listed, long rejected) {
    return new DataSummary(
        "images", "1 x 2 x 2 pixels", listed, rejected, List.of(listed), 0, List.of(), "ab");
  }

  private static void assertFinding(Optional<Finding> found, Severity severity, String sentence) {
    assertThat(found).contains(new Finding(severity, sentence));
  }
}
