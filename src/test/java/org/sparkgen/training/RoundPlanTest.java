package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.training.RoundPlan.Stretch;

class RoundPlanTest {
  private static RoundPlan plan(long[] shards, String... training) {
    return RoundPlan.of(Configurations.training(training), shards);
  }

  @Test
  void roundIsAnEpochByDefault() {
    RoundPlan plan = plan(new long[] {95, 0, 101}, "epochs=3", "batchSize=10");

    assertThat(plan.rounds()).isEqualTo(3);
    assertTask(plan, 2, 2, 0, 11);
  }

  @Test
  void roundsOfBatchesNeverCrossAnEpoch() {
    RoundPlan plan = plan(new long[] {95, 40}, "epochs=2", "batchSize=10", "averaging.every=4");

    assertThat(plan.rounds()).isEqualTo(6);
    assertTask(plan, 4, 1, 4, 4);
    assertTask(plan, 5, 1, 8, 2);
  }

  @Test
  void roundsAreShorterInTheFirstEpochsWhereAskedFor() {
    RoundPlan plan =
        plan(
            new long[] {95, 40},
            "epochs=4",
            "batchSize=10",
            "averaging.warmupEpochs=2",
            "averaging.warmupEvery=4");

    assertThat(plan.rounds()).isEqualTo(2 * 3 + 2);
    assertTask(plan, 5, 1, 8, 2);
    assertTask(plan, 6, 2, 0, 10);
    assertTask(plan, 7, 3, 0, 10);
  }

  private static void assertTask(
      RoundPlan plan, int round, int epoch, int firstBatch, int batches) {
    ShardTask task = plan.task(round);
    assertThat(task.round()).isEqualTo(round);
    assertThat(task.epoch()).as("epoch").isEqualTo(epoch);
    assertThat(task.firstBatch()).as("first batch").isEqualTo(firstBatch);
    assertThat(task.batches()).as("batches").isEqualTo(batches);
    assertThat(task.batchesPerEpoch()).isEqualTo(plan.batchesPerEpoch());
    assertThat(task.shard()).isZero();
  }

  /** Whatever the numbers: the rounds cover every batch of every epoch once, and in order. */
  @Test
  void roundsCoverEveryBatchOnceAndInOrder() {
    Random random = new Random(11);
    for (int trial = 0; trial < 300; trial++) {
      int epochs = 1 + random.nextInt(5);
      int largest = 1 + random.nextInt(20);
      int every = random.nextInt(25);
      RoundPlan plan =
          plan(
              new long[] {largest / 2, largest, 0},
              "epochs=" + epochs,
              "batchSize=1",
              "averaging.every=" + (every == 0 ? "epoch" : every),
              "averaging.warmupEpochs=" + random.nextInt(7),
              "averaging.warmupEvery=" + (1 + random.nextInt(25)));
      int next = 0;
      for (int round = 0; round < plan.rounds(); round++) {
        ShardTask task = plan.task(round);
        assertThat(task.epoch() * largest + task.firstBatch()).as("%s", plan).isEqualTo(next);
        assertThat(task.batches()).as("%s", plan).isPositive();
        assertThat(task.firstBatch() + task.batches()).as("%s", plan).isLessThanOrEqualTo(largest);
        next += task.batches();
      }
      assertThat(next).as("%s", plan).isEqualTo(epochs * largest);
    }
  }

  @Test
  void refusesShardsWithoutExamples() {
    assertThatThrownBy(() -> plan(new long[2]))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage("none of the 2 shards has an example to train on");
  }

  @Test
  void refusesMoreRoundsThanCanBeNumbered() {
    assertThatThrownBy(
            () ->
                plan(
                    new long[] {100_000},
                    "epochs=1000000",
                    "batchSize=1",
                    "averaging.warmupEpochs=2",
                    "averaging.every=1"))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("fewer than 2^31 rounds");
    assertThatThrownBy(() -> new RoundPlan(3, List.of(new Stretch(1, 0))))
        .hasMessageContaining("can't plan epochs of 3 batches");
    RoundPlan plan = plan(new long[] {1}, "epochs=1");
    assertThatThrownBy(() -> plan.task(1)).hasMessage("round 1 of 1");
    assertThatThrownBy(() -> plan.task(-1)).hasMessage("round -1 of 1");
  }
}
