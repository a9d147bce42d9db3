package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.evaluation.BestRound;

class MetricHealthTest {
  private static List<Finding> after(Map<String, Double> metrics) {
    return MetricHealth.findings(Rounds.of(1, round -> metrics));
  }

  @Test
  void saysNothingOfWhatWasNotMeasured() {
    assertThat(after(Map.of("loss", 3.0, "heldOut.loss", 3.0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, BAD, no latent dimension is active", "2, WARNING, 2 of 50", "5, GOOD, 5 of 50"})
  void countsActiveUnits(double active, Severity severity, String words) {
    assertThat(after(Map.of("heldOut.activeUnits", active, "heldOut.latentUnits", 50.0)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(severity))
        .satisfies(finding -> assertThat(finding.sentence()).contains(words));
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.8, GOOD, coverage of samples is 0.9",
    "0.9, 0.1, BAD, recall of samples is 0.1",
    "0.2, 0.8, BAD, coverage of samples is 0.2",
    "0.5, 0.8, WARNING, coverage of samples is 0.5"
  })
  void theWorseOfRecallAndCoverageTellsOfCollapse(
      double coverage, double recall, Severity severity, String words) {
    assertThat(
            after(
                Map.of(
                    "heldOut.coverage",
                    coverage,
                    "heldOut.coverageReal",
                    0.95,
                    "heldOut.recall",
                    recall,
                    "heldOut.recallReal",
                    0.9)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(severity))
        .satisfies(finding -> assertThat(finding.sentence()).contains(words, "of real data"));
  }

  @Test
  void lowCoverageOfRealDataExcusesThatOfSamples() {
    assertThat(after(Map.of("heldOut.recall", 0.2, "heldOut.recallReal", 0.25)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.GOOD));
  }

  @ParameterizedTest
  @CsvSource({"9, GOOD, close", "50, NOTE, can be told", "500, WARNING, far from"})
  void comparesTheDistanceWithThatOfRealData(double distance, Severity severity, String words) {
    assertThat(after(Map.of("heldOut.frechetDistance", distance, "heldOut.frechetFloor", 1.0)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(severity))
        .satisfies(finding -> assertThat(finding.sentence()).contains(words));
  }

  @Test
  void noticesThatSamplesBecomeWorse() {
    List<Finding> findings =
        MetricHealth.findings(
            Rounds.of(
                3,
                round ->
                    Map.of(
                        "heldOut.frechetDistance",
                        round == 2 ? 5.0 : 9.0,
                        "heldOut.frechetFloor",
                        1.0)));
    assertThat(findings)
        .containsExactly(
            new Finding(
                Severity.WARNING,
                "Samples have become worse: their Frechet distance was lowest after round 2 (5.000)"
                    + " and is 9.000 now."));
  }

  @ParameterizedTest
  @CsvSource({"0.97, GOOD", "0.8, WARNING", "0.2, BAD"})
  void judgesConditionalSamplesByTheirClass(double share, Severity severity) {
    assertThat(after(Map.of("heldOut.classAgreement", share)))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(severity));
  }

  @Test
  void namesTheBestRoundAndTheReasonToStop() {
    RunFacts facts =
        new RunFacts(
            OptionalDouble.empty(),
            0,
            0,
            Optional.of(new BestRound(7, "logLikelihood", -88.25)),
            Optional.of("Training stopped after round 9."),
            Optional.empty());
    assertThat(Health.findings(List.of(), Optional.empty(), facts))
        .containsExactly(
            new Finding(
                Severity.NOTE,
                "Round 7 has the best held-out log p(x), -88.25: its weights are the ones that"
                    + " count."),
            new Finding(Severity.NOTE, "Training stopped after round 9."));
  }
}
