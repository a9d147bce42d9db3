package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

class LossesTest {
  @Test
  void metricsOfACollapsedGanAreAllThere() {
    List<RoundMetrics> rounds =
        Rounds.of(
            2,
            round ->
                Map.of("heldOut.precision", 0.0, "heldOut.recall", 0.0, "heldOut.coverage", 0.0));

    assertThat(Losses.names(rounds)).containsExactly("precision", "recall", "coverage");
  }

  @Test
  void whatEqualsTheLossIsShownOnlyIfItChoseTheBestRound() {
    List<RoundMetrics> rounds =
        Rounds.of(2, round -> Map.of("heldOut.loss", 5.0, "heldOut.negativeElbo", 5.0));

    assertThat(Losses.names(rounds)).containsExactly("loss");
    assertThat(new ReportCharts(rounds, Optional.empty()).html()).doesNotContain("negative ELBO");
    assertThat(new ReportCharts(rounds, Optional.of(new BestRound(1, "negativeElbo", 5))).html())
        .contains("negative ELBO");
  }

  @Test
  void onlyAMarkIsDrawnAsOne() {
    LineChart.Line curve =
        new LineChart.Line("training", List.of(new Point(1, 1.0), new Point(2, 2.0)), 0);
    LineChart.Title title = new LineChart.Title("loss", "nats", "Lower is better.");
    Point single = new Point(2, 1.5);

    String heldOut =
        LineChart.ofLevels(
            title, List.of(curve, new LineChart.Line("held-out", List.of(single), 1)));
    String best = LineChart.ofLevels(title, List.of(curve, LineChart.Line.mark("best", single, 1)));

    assertThat(radius(heldOut)).isLessThan(radius(best));
  }

  /** Of the second line's dot. */
  private static int radius(String chart) {
    return Integer.parseInt(chart.replaceAll("(?s).*<circle class=\"line1\" r=\"(\\d+)\".*", "$1"));
  }

  @Test
  void aDescriptionHasMetricsThatOnlyHeldOutExamplesHave() {
    RunRecord run =
        new RunRecord(
            "gan",
            "gan",
            1,
            1,
            Instant.EPOCH,
            "",
            Map.of(),
            new Versions(Map.of()),
            new DataSummary("data", "pixels", 0, 0, List.of(), 0, List.of(), "ab"));
    List<RoundMetrics> rounds =
        Rounds.of(1, round -> Map.of("heldOut.recall", 0.25, "loss", 2.0, "heldOut.loss", 3.0));

    assertThat(RunDescription.text(run, rounds, Optional.empty()))
        .containsPattern("recall +0.25\\S* held-out")
        .containsPattern("loss +2\\S* +\\(held-out 3\\S*\\)");
  }
}
