package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.LatestCheckpoint;
import org.sparkgen.training.RoundMetrics;

class TrainingProgressTest {
  private static final Map<String, Double> SECONDS = Map.of("train", 3.0, "round", 4.0);

  private static RoundMetrics metrics(int round, String weights, Map<String, Double> seconds) {
    return new RoundMetrics(round, round, 10, Map.of("loss", 1.0 / round), 5, seconds, weights);
  }

  /** Two rounds as a checkpoint knows them. */
  private static TrainingProgress afterTwoRounds() {
    TrainingProgress progress =
        TrainingProgress.of(
            new LatestCheckpoint(Optional.empty(), List.of()), () -> new Snapshot(Map.of()));
    TrainingState state = progress.state();
    progress.advance(state, metrics(1, "one", SECONDS));
    progress.advance(state, metrics(2, "two", SECONDS));
    return progress;
  }

  @Test
  void remembersWhatTheCheckpointCouldNotKnow() {
    TrainingProgress progress = afterTwoRounds();

    progress.remember(
        List.of(
            metrics(1, "one", Map.of("checkpoint", 7.0)),
            metrics(2, "two", Map.of("train", 3.0, "round", 6.0, "checkpoint", 2.0)),
            metrics(3, "three", Map.of("checkpoint", 9.0))));

    assertThat(progress.last().seconds())
        .isEqualTo(Map.of("train", 3.0, "round", 6.0, "checkpoint", 2.0));
    assertThat(progress.last().losses()).isEqualTo(Map.of("loss", 0.5));
    assertThat(progress.history().get(0).seconds()).isEqualTo(SECONDS);
    assertThat(progress.rounds()).isEqualTo(2);
  }

  @Test
  void timeThatIsNotItsOwnIsNotCounted() {
    long begun = System.nanoTime();
    TrainingProgress progress = afterTwoRounds();
    long foreign = 50_000_000;

    progress.untimed(
        () -> {
          long end = System.nanoTime() + foreign;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          return end;
        });

    Duration elapsed = progress.elapsed();
    assertThat(elapsed).isLessThan(Duration.ofNanos(System.nanoTime() - begun - foreign));
  }

  @Test
  void doesNotRememberARoundThatCameToOtherWeights() {
    TrainingProgress progress = afterTwoRounds();

    progress.remember(List.of(metrics(2, "another", Map.of("checkpoint", 2.0))));
    progress.remember(List.of());

    assertThat(progress.last().seconds()).isEqualTo(SECONDS);
  }
}
