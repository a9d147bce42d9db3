package org.sparkgen.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingStateTest {
  private static final String NET = "net";
  private static final OuterOptimizer PLAIN = new OuterOptimizer(1, 0, Map.of());
  private static final MovingAverage NO_AVERAGE = new MovingAverage(0);

  private static Snapshot snapshot(float... parameters) {
    return new Snapshot(Map.of(NET, new NetState(parameters, new float[] {5, 6}, 17)));
  }

  private static float[] parameters(Snapshot snapshot) {
    return snapshot.nets().get(NET).parameters();
  }

  @Test
  void threeOuterStepsWorkedByHand() {
    OuterOptimizer outer = new OuterOptimizer(0.5, 0.5, Map.of());
    // delta 4, velocity 4: 8 - 0.5 (4 + 2).
    TrainingState first = TrainingState.of(snapshot(8)).after(snapshot(4), 10, outer, NO_AVERAGE);
    assertThat(parameters(first.plain())).containsExactly(5);
    // delta 2, velocity 2 + 2: 5 - 0.5 (2 + 2).
    TrainingState second = first.after(snapshot(3), 10, outer, NO_AVERAGE);
    assertThat(parameters(second.plain())).containsExactly(3);
    // delta -1, velocity 2 - 1: 3 - 0.5 (-1 + 0.5).
    TrainingState third = second.after(snapshot(4), 10, outer, NO_AVERAGE);
    assertThat(parameters(third.plain())).containsExactly(3.25f);
    assertThat(third.stored().nets().get("net.velocity").parameters()).containsExactly(1);
    assertThat(parameters(first.plain())).as("earlier states stay").containsExactly(5);
  }

  @Test
  void optimizerStateAndCounterAreThoseOfTheMean() {
    Snapshot start = new Snapshot(Map.of(NET, new NetState(new float[] {1}, new float[] {9}, 2)));

    NetState after =
        TrainingState.of(start)
            .after(snapshot(3), 1, new OuterOptimizer(0.7, 0.9, Map.of()), NO_AVERAGE)
            .plain()
            .nets()
            .get(NET);

    assertThat(after.updater()).containsExactly(5, 6);
    assertThat(after.iteration()).isEqualTo(17);
  }

  /** A weight that takes the same course is carried past the mean and below zero. */
  @Test
  void statisticsOfBatchNormalisationAreTheMeansOwn() {
    OuterOptimizer outer =
        new OuterOptimizer(1, 0.9, Map.of(NET, StatisticsLayout.NONE.with(1, 2, 1)));

    TrainingState first =
        TrainingState.of(snapshot(1, 1, 1))
            .after(snapshot(0.25f, 0.25f, 0.25f), 1, outer, NO_AVERAGE);
    assertThat(parameters(first.plain())[0]).isNegative();
    assertThat(parameters(first.plain())).endsWith(0.25f, 0.25f);
    assertThat(first.stored().nets().get("net.velocity").parameters()).containsExactly(0.75f, 0, 0);

    TrainingState second = first.after(snapshot(0.1f, 0.2f, Float.MIN_VALUE), 1, outer, NO_AVERAGE);
    assertThat(parameters(second.plain())).endsWith(0.2f, Float.MIN_VALUE);
  }

  @Test
  void rateOneWithoutMomentumIsTheMeanItselfAndKeepsNothing() {
    Snapshot mean = snapshot(0.1f, -0.0f, 3e38f, Float.MIN_VALUE);

    TrainingState state =
        TrainingState.of(snapshot(1e-30f, 7, -3e38f, 1)).after(mean, 10, PLAIN, NO_AVERAGE);

    assertThat(state.plain()).isSameAs(mean);
    assertThat(state.published()).isSameAs(mean);
    assertThat(state.stored()).isSameAs(mean);
    assertThat(PLAIN.isPlain()).isTrue();
  }

  @Test
  void aRateWithoutMomentumKeepsNothingEither() {
    TrainingState state =
        TrainingState.of(snapshot(8))
            .after(snapshot(4), 10, new OuterOptimizer(0.75, 0, Map.of()), NO_AVERAGE);

    assertThat(parameters(state.plain())).containsExactly(5);
    assertThat(state.stored()).isSameAs(state.plain());
  }

  @Test
  void theFirstRoundsWeightsBeginTheAverage() {
    TrainingState state =
        TrainingState.of(snapshot(100)).after(snapshot(3, -0.0f), 7, PLAIN, new MovingAverage(10));

    WeightedSumTest.assertSameBits(parameters(state.published()), new float[] {3, -0.0f});
    assertThat(state.published().nets().get(NET).updater()).isEmpty();
    assertThat(parameters(state.plain())).as("training goes on from").containsExactly(3, -0.0f);
  }

  /** What is k rounds of n examples old has kept {@code 0.5^(k n / half-life)} of its weight. */
  @Test
  void theAverageHasItsClosedFormHoweverLongTheRoundsAre() {
    for (int perRound : new int[] {1, 10, 40, 200}) {
      MovingAverage moving = new MovingAverage(100);
      TrainingState state = TrainingState.of(snapshot(0)).after(snapshot(5), 33, PLAIN, moving);
      for (int examples = 0; examples < 200; examples += perRound) {
        state = state.after(snapshot(1), perRound, PLAIN, moving);
      }

      double expected = 1 + (5 - 1) * Math.pow(0.5, 200.0 / 100);
      assertThat((double) parameters(state.published())[0])
          .as("rounds of %d", perRound)
          .isCloseTo(expected, within(1e-5));
      assertThat(parameters(state.plain())).containsExactly(1);
    }
  }

  @Test
  void averagesWhatTheOuterStepLeadTo() {
    TrainingState state =
        TrainingState.of(snapshot(8))
            .after(snapshot(4), 1, new OuterOptimizer(0.5, 0, Map.of()), new MovingAverage(1))
            .after(snapshot(2), 1, new OuterOptimizer(0.5, 0, Map.of()), new MovingAverage(1));

    // 6, then 4: half of each.
    assertThat(parameters(state.published())).containsExactly(5);
  }

  @Test
  void comesBackFromOneSnapshotAsItWas() {
    Snapshot fresh =
        new Snapshot(
            Map.of(
                "generator", new NetState(new float[] {1, 2}, new float[] {3}, 4),
                "discriminator", new NetState(new float[] {7}, new float[0], 9)));
    Snapshot mean =
        new Snapshot(
            Map.of(
                "generator", new NetState(new float[] {0, 5}, new float[] {6}, 8),
                "discriminator", new NetState(new float[] {2}, new float[0], 18)));
    OuterOptimizer outer = new OuterOptimizer(0.7, 0.9, Map.of());
    MovingAverage moving = new MovingAverage(50);
    TrainingState state = TrainingState.of(fresh).after(mean, 30, outer, moving);

    TrainingState restored = TrainingState.restored(state.stored());

    assertThat(state.stored().nets())
        .containsOnlyKeys(
            "discriminator",
            "discriminator.average",
            "discriminator.velocity",
            "generator",
            "generator.average",
            "generator.velocity");
    assertThat(restored.plain().stateSha256()).isEqualTo(state.plain().stateSha256());
    assertThat(restored.published().stateSha256()).isEqualTo(state.published().stateSha256());
    assertThat(restored.after(fresh, 20, outer, moving).stored().stateSha256())
        .as("the next round")
        .isEqualTo(state.after(fresh, 20, outer, moving).stored().stateSha256());
    assertThat(TrainingState.restored(fresh).stored().stateSha256()).isEqualTo(fresh.stateSha256());
  }

  @Test
  void refusesAMeanOfAnotherShape() {
    TrainingState state = TrainingState.of(snapshot(1));

    assertThatThrownBy(
            () -> state.after(snapshot(1, 2), 1, new OuterOptimizer(0.5, 0, Map.of()), NO_AVERAGE))
        .hasMessage("expected 1 values, found 2");
  }
}
