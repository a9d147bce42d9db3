package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.sparkgen.training.RoundMetrics;

class BenchResultTest {
  private static BenchRound round(int epoch, double wall, double step, long nativeBytes) {
    return new BenchRound(
        epoch,
        100,
        wall,
        Map.of("train", wall / 2),
        Map.of("step", step),
        OptionalLong.of(nativeBytes));
  }

  private static BenchResult result(BenchRound... rounds) {
    return new BenchResult(
        Workload.VAE_MLP, "local[2]", 2, 2, List.of(rounds), 3, 5, OptionalLong.of(7));
  }

  @Test
  void mediansLeaveTheFirstRoundOut() {
    BenchResult result =
        result(round(0, 80, 1, 9), round(1, 4, 3, 2), round(2, 2, 1, 3), round(3, 1, 0.5, 3));

    assertThat(result.median(BenchRound::imagesPerSecond)).isEqualTo(50);
    assertThat(result.median(BenchRound::outsideStepsShare)).isEqualTo(0.5);
    assertThat(result.medians(BenchRound::phases)).isEqualTo(Map.of("train", 1.0));
    assertThat(result.nativeBytesAfter(2)).hasValue(2);
    assertThat(result.nativeBytesAfter(5)).isEmpty();
    assertThat(result.peakNativeBytes()).hasValue(9);
  }

  @Test
  void theOnlyRoundCounts() {
    assertThat(result(round(0, 4, 3, 2)).median(BenchRound::imagesPerSecond)).isEqualTo(25);
  }

  @Test
  void aPhaseThatSomeRoundsLackIsZeroThere() {
    BenchRound with =
        new BenchRound(1, 1, 1, Map.of("evaluate", 6.0), Map.of(), OptionalLong.empty());
    BenchRound without = new BenchRound(2, 1, 1, Map.of(), Map.of(), OptionalLong.empty());

    assertThat(result(with, with, without).medians(BenchRound::phases))
        .isEqualTo(Map.of("evaluate", 3.0));
  }

  @Test
  void secondsOfTasksAreSharedAmongTheCores() {
    BenchRounds rounds = new BenchRounds(2);
    Map<String, Double> seconds =
        Map.of("train", 8.0, "round", 9.0, "task.step", 6.0, "task.feed", 1.0);
    rounds.roundEnded(new RoundMetrics(1, 1, 50, Map.of(), 1, seconds, ""));

    BenchRound round = rounds.rounds().get(0);
    assertThat(round.phases()).isEqualTo(Map.of("train", 8.0));
    assertThat(round.tasks()).isEqualTo(Map.of("step", 3.0, "feed", 0.5));
    assertThat(round.examples()).isEqualTo(50);
    assertThat(round.wall()).isPositive();
    assertThat(round.imagesPerSecond()).isEqualTo(50 / round.wall());
    assertThat(round.outsideStepsShare()).isCloseTo(1 - 3 / round.wall(), within(1e-9));
  }
}
