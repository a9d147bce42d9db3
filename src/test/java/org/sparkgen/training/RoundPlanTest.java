package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.AveragingPeriod;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

class RoundPlanTest {
  @Test
  void roundIsAnEpochByDefault() {
    RoundPlan plan = RoundPlan.of(3, AveragingPeriod.EPOCH, 10, new long[] {95, 0, 101});

    assertThat(plan.rounds()).isEqualTo(3);
    ShardTask task = plan.task(2);
    assertThat(task.round()).isEqualTo(2);
    assertThat(task.epoch()).isEqualTo(2);
    assertThat(task.firstBatch()).isZero();
    assertThat(task.batches()).isEqualTo(11);
    assertThat(plan.endsEpoch(0)).isTrue();
  }

  @Test
  void roundsOfBatchesNeverCrossAnEpoch() {
    RoundPlan plan = RoundPlan.of(2, new AveragingPeriod(4), 10, new long[] {95, 40});

    assertThat(plan.roundsPerEpoch()).isEqualTo(3);
    assertThat(plan.rounds()).isEqualTo(6);
    ShardTask shortOne = plan.task(5);
    assertThat(shortOne.epoch()).isEqualTo(1);
    assertThat(shortOne.firstBatch()).isEqualTo(8);
    assertThat(shortOne.batches()).isEqualTo(2);
    assertThat(plan.endsEpoch(4)).isFalse();
    assertThat(plan.endsEpoch(5)).isTrue();
  }

  @Test
  void roundsCoverEveryBatchOnceAndInOrder() {
    for (int largest = 1; largest <= 13; largest++) {
      for (int period = 0; period <= 15; period++) {
        RoundPlan plan =
            RoundPlan.of(2, new AveragingPeriod(period), 1, new long[] {largest, largest / 2});
        int batch = 0;
        for (int round = 0; round < plan.rounds(); round++) {
          ShardTask task = plan.task(round);
          assertThat(task.epoch() * largest + task.firstBatch()).isEqualTo(batch);
          for (int i = 0; i < task.batches(); i++) {
            assertThat(plan.roundOf(task.epoch(), task.firstBatch() + i)).isEqualTo(round);
          }
          batch += task.batches();
        }
        assertThat(batch).isEqualTo(2 * largest);
      }
    }
  }

  @Test
  void refusesShardsWithoutExamples() {
    assertThatThrownBy(() -> RoundPlan.of(1, AveragingPeriod.EPOCH, 10, new long[2]))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage("none of the 2 shards has an example to train on");
  }

  @Test
  void refusesMoreRoundsThanCanBeNumbered() {
    assertThatThrownBy(
            () -> RoundPlan.of(1_000_000, new AveragingPeriod(1), 1, new long[] {100_000}))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("fewer than 2^31 rounds");
    RoundPlan plan = RoundPlan.of(1, AveragingPeriod.EPOCH, 1, new long[] {1});
    assertThatThrownBy(() -> plan.task(1)).hasMessage("round 1 of 1");
    assertThatThrownBy(() -> plan.roundOf(0, 1)).hasMessageContaining("epoch 0, batch 1");
  }
}
