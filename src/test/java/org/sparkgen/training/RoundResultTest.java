package org.sparkgen.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparkgen.averaging.Snapshot;

class RoundResultTest {
  @Test
  void lossesAreWeightedByExamplesAndSecondsOfTasksAddUp() {
    RoundResult result =
        new RoundResult(
            new Snapshot(Map.of()),
            List.of(
                new ShardReport(0, 1, Map.of("kl", 2.0), Map.of("step", 1.5), null),
                new ShardReport(1, 0, Map.of("kl", 99.0), Map.of("step", 0.25), null),
                new ShardReport(2, 3, Map.of("kl", 6.0, "rare", 7.0), Map.of(), null)),
            Map.of("train", 4.0));

    assertThat(result.examples()).isEqualTo(4);
    assertThat(result.losses()).containsExactlyInAnyOrderEntriesOf(Map.of("kl", 5.0, "rare", 7.0));
    assertThat(result.allSeconds())
        .containsExactlyInAnyOrderEntriesOf(Map.of("train", 4.0, "task.step", 1.75));
  }
}
