package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.EvaluationConfig.Selection;
import org.sparkgen.config.Keyword;
import org.sparkgen.training.RoundMetrics;

class RoundSelectionTest {
  private static RoundSelection selection(Selection by, int patience) {
    return new RoundSelection(
        Configurations.evaluation(
            "importanceSamples=1",
            "samples=10",
            "features.path=features",
            "select=" + Keyword.of(by),
            "patience=" + patience));
  }

  /** Rounds with a held-out metric; NaN stands for a round that was not evaluated. */
  private static List<RoundMetrics> rounds(String metric, double... values) {
    List<RoundMetrics> rounds = new ArrayList<>();
    for (double value : values) {
      int round = rounds.size() + 1;
      Map<String, Double> losses =
          Double.isNaN(value) ? Map.of("loss", 0.0) : Map.of("heldOut." + metric, value);
      rounds.add(new RoundMetrics(round, round, 10, losses, 1, Map.of(), "ab"));
    }
    return rounds;
  }

  private static final double NONE = Double.NaN;

  @Test
  void theLowestLossIsTheBestAndOfEqualOnesTheFirst() {
    assertThat(selection(Selection.LOSS, 0).best(rounds("loss", NONE, 5, NONE, 3, 3, 4)))
        .contains(new BestRound(4, "loss", 3));
    assertThat(selection(Selection.NEGATIVE_ELBO, 0).best(rounds("negativeElbo", 5, 4, 6)))
        .contains(new BestRound(2, "negativeElbo", 4));
    assertThat(selection(Selection.FRECHET_DISTANCE, 0).best(rounds("frechetDistance", 5, 4, 6)))
        .contains(new BestRound(2, "frechetDistance", 4));
  }

  /** In memory a metric may be infinite; from metrics.jsonl it comes back as NaN. */
  @Test
  void onlyFiniteValuesAreBestAndOthersCountAgainstPatience() {
    RoundSelection patient = selection(Selection.LOSS, 2);
    for (double broken :
        new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}) {
      List<RoundMetrics> from = List.of(measured(1, broken), measured(2, 5), measured(3, broken));

      assertThat(patient.best(from)).contains(new BestRound(2, "loss", 5));
      assertThat(patient.stop(from)).isEmpty();
      assertThat(patient.stop(List.of(from.get(0), from.get(1), from.get(2), measured(4, broken))))
          .contains(
              "Training stopped after round 4: loss has not improved in 2 evaluations since round 2.");
      assertThat(patient.best(List.of(measured(1, broken)))).isEmpty();
      assertThat(patient.stop(List.of(measured(1, broken)))).isEmpty();
      assertThat(patient.stop(List.of(measured(1, broken), measured(2, broken))))
          .contains(
              "Training stopped after round 2: loss was no finite number in any of 2 evaluations.");
    }
    assertThat(selection(Selection.LOG_LIKELIHOOD, 0).best(rounds("logLikelihood", -9, 1 / 0.0)))
        .contains(new BestRound(1, "logLikelihood", -9));
  }

  private static RoundMetrics measured(int round, double value) {
    return new RoundMetrics(round, round, 10, Map.of("heldOut.loss", value), 1, Map.of(), "ab");
  }

  @Test
  void theHighestLogLikelihoodIsTheBest() {
    assertThat(selection(Selection.LOG_LIKELIHOOD, 0).best(rounds("logLikelihood", -90, -88, -89)))
        .contains(new BestRound(2, "logLikelihood", -88));
  }

  @Test
  void nothingIsChosenBeforeAnEvaluationOrWhereTheLastRoundCounts() {
    assertThat(selection(Selection.LOSS, 1).best(rounds("loss", NONE, NONE))).isEmpty();
    assertThat(selection(Selection.LOSS, 1).best(List.of())).isEmpty();
    assertThat(selection(Selection.LAST, 0).best(rounds("loss", 5, 3))).isEmpty();
  }

  @Test
  void patienceCountsEvaluationsAfterTheBest() {
    RoundSelection patient = selection(Selection.LOSS, 2);

    assertThat(patient.stop(rounds("loss", 5, 3, 4, NONE, NONE))).isEmpty();
    assertThat(patient.stop(rounds("loss", 5, 3, 4, NONE, 3)))
        .contains(
            "Training stopped after round 5: loss has not improved in 2 evaluations since round 2.");
    assertThat(patient.stop(rounds("loss", 5, 3, 4, 2.9, 4))).isEmpty();
    assertThat(selection(Selection.LOSS, 0).stop(rounds("loss", 1, 2, 3, 4, 5, 6))).isEmpty();
    assertThat(patient.stop(List.of())).isEmpty();
  }
}
