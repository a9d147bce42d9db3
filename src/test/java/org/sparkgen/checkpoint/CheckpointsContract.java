package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** What {@link Checkpoints} promises on every storage. */
abstract class CheckpointsContract {
  /** The storage under test. */
  abstract Storage storage();

  /** An output folder that this test alone uses; it need not exist. */
  abstract String run();

  private Checkpoints checkpoints() {
    return new Checkpoints(storage(), run(), 2);
  }

  @Test
  void nothingIsThereAtFirst() {
    LatestCheckpoint latest = checkpoints().latestVerified();

    assertThat(latest.checkpoint()).isEmpty();
    assertThat(latest.skipped()).isEmpty();
    checkpoints().prune(Set.of());
  }

  @Test
  void theNewestComesBackBitByBit() {
    checkpoints().publish(Examples.checkpoint(9));
    checkpoints().publish(Examples.checkpoint(10));

    LatestCheckpoint latest = checkpoints().latestVerified();

    Examples.assertSame(latest.checkpoint().orElseThrow(), Examples.checkpoint(10));
    assertThat(latest.skipped()).isEmpty();
  }

  @Test
  void infinityNaNAndNegativeZeroSurvive() {
    float[] odd = {
      Float.NaN, Float.intBitsToFloat(0x7fc12345), -0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE
    };
    Checkpoint checkpoint =
        new Checkpoint(
            0,
            0,
            new Snapshot(Map.of("g", new NetState(odd, new float[0], 0))),
            Map.of("empty", new byte[0]),
            Map.of());
    checkpoints().publish(checkpoint);

    Examples.assertSame(checkpoints().latestVerified().checkpoint().orElseThrow(), checkpoint);
  }

  @Test
  void pruneKeepsTheNewestOnes() {
    for (int round = 1; round <= 5; round++) {
      checkpoints().publish(Examples.checkpoint(round));
    }
    checkpoints().prune(Set.of());

    assertThat(names(storage().list(run() + "/checkpoints")))
        .containsExactly("round-000004", "round-000005");
  }

  @Test
  void pruneDeletesAbandonedAttemptsOnlyBeforeTheNewestRound() {
    List<String> abandoned =
        List.of("round-000001/a", "round-000002/a", "round-000003/a", "round-000004/a");
    checkpoints().publish(Examples.checkpoint(2));
    checkpoints().publish(Examples.checkpoint(3));
    abandoned.forEach(a -> storage().publish(run() + "/checkpoints/" + a + "/g.f32", "x"));

    checkpoints().prune(Set.of());

    List<String> left = names(storage().listFiles(run() + "/checkpoints"));
    assertThat(left).doesNotContain("round-000001/a/g.f32", "round-000002/a/g.f32");
    assertThat(left).contains("round-000003/a/g.f32", "round-000004/a/g.f32");
    assertThat(checkpoints().latestVerified().checkpoint().orElseThrow().round()).isEqualTo(3);
  }

  @Test
  void pruneCountsOnlyCompleteOnes() {
    for (int round = 1; round <= 3; round++) {
      checkpoints().publish(Examples.checkpoint(round));
    }
    damage("round-000002", "encoder.updater.f32");

    checkpoints().prune(Set.of());

    assertThat(names(storage().list(run() + "/checkpoints")))
        .containsExactly("round-000001", "round-000003");
  }

  @Test
  void publishingTheSameAgainChangesNothing() {
    checkpoints().publish(Examples.checkpoint(1));
    List<StorageEntry> before = storage().listFiles(run());

    checkpoints().publish(Examples.checkpoint(1));

    assertThat(storage().listFiles(run())).isEqualTo(before);
  }

  @Test
  void publishingAnotherStateForTheSameRoundIsRefused() {
    checkpoints().publish(Examples.checkpoint(1));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> checkpoints().publish(Examples.checkpoint(1, 99)))
        .withMessageContaining("round-000001 holds a complete checkpoint of another state (there ")
        .withMessageContaining(Examples.checkpoint(1).snapshot().stateSha256())
        .withMessageContaining(Examples.checkpoint(1, 99).snapshot().stateSha256())
        .withMessageContaining("Run the same command again")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
    Examples.assertSame(
        checkpoints().latestVerified().checkpoint().orElseThrow(), Examples.checkpoint(1));
  }

  @Test
  void aDamagedRoundIsSkippedReportedAndReplaced() {
    checkpoints().publish(Examples.checkpoint(1));
    checkpoints().publish(Examples.checkpoint(2));
    damage("round-000002", "decoder.parameters.f32");

    LatestCheckpoint latest = checkpoints().latestVerified();
    assertThat(latest.skipped())
        .containsExactly(
            "checkpoint of round 2 is not used: decoder.parameters.f32 has 1 bytes instead of 200.");
    Examples.assertSame(latest.checkpoint().orElseThrow(), Examples.checkpoint(1));

    checkpoints().publish(Examples.checkpoint(2));
    Examples.assertSame(
        checkpoints().latestVerified().checkpoint().orElseThrow(), Examples.checkpoint(2));
  }

  @Test
  void aMissingFileIsNamed() {
    checkpoints().publish(Examples.checkpoint(7));
    storage().delete(file("round-000007", "history.jsonl"));

    assertThat(checkpoints().latestVerified().skipped())
        .containsExactly("checkpoint of round 7 is not used: history.jsonl is missing.");
  }

  private void damage(String round, String name) {
    storage().publish(file(round, name), new byte[1]);
  }

  private String file(String round, String name) {
    return storage().listFiles(run() + "/checkpoints/" + round).stream()
        .filter(entry -> entry.name().endsWith("/" + name))
        .findFirst()
        .orElseThrow()
        .uri();
  }

  private static List<String> names(List<StorageEntry> entries) {
    return entries.stream().map(StorageEntry::name).toList();
  }
}
