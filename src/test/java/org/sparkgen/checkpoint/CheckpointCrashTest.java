package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.FaultyFileSystem;
import org.sparkgen.storage.Storage;

/** A driver that dies at any call of the file system leaves the old checkpoint or the new one. */
class CheckpointCrashTest {
  @TempDir private Path directory;
  private final Storage storage = FaultyFileSystem.storage();

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void deathAtEveryCall() {
    interruptEveryCall(FaultyFileSystem::stopAt);
  }

  @Test
  void failureOfEveryCall() {
    interruptEveryCall(FaultyFileSystem::failOnceAt);
  }

  private void interruptEveryCall(LongConsumer interruption) {
    long calls = callsOfACleanRun();
    assertThat(calls).isGreaterThan(40);
    int old = 0;
    for (long call = 1; call <= calls; call++) {
      String run = prepared("run" + call);
      interruption.accept(call);
      publishAndPrune(run, call);
      FaultyFileSystem.heal();

      Checkpoint found = latest(run);
      old += found.round() == 3 ? 1 : 0;
      Examples.assertSame(
          found, found.round() == 3 ? Examples.small(3, 0) : Examples.checkpoint(4));

      Checkpoints rerun = new Checkpoints(storage, run, 2);
      rerun.publish(Examples.checkpoint(4));
      rerun.prune(Set.of());
      Examples.assertSame(latest(run), Examples.checkpoint(4));
      assertThat(storage.list(run + "/checkpoints"))
          .extracting(entry -> entry.name())
          .containsExactly("round-000003", "round-000004");
    }
    assertThat(old).as("runs that ended before the new manifest").isBetween(20, (int) calls - 5);
  }

  private long callsOfACleanRun() {
    String run = prepared("clean");
    FaultyFileSystem.heal();
    Checkpoints checkpoints = new Checkpoints(storage, run, 2);
    checkpoints.publish(Examples.checkpoint(4));
    checkpoints.prune(Set.of());
    return FaultyFileSystem.calls();
  }

  /** A run with the checkpoints of three rounds, the oldest due for pruning already. */
  private String prepared(String name) {
    String run = FaultyFileSystem.address(directory.resolve(name));
    FaultyFileSystem.heal();
    Checkpoints checkpoints = new Checkpoints(storage, run, 2);
    for (int round = 1; round <= 3; round++) {
      checkpoints.publish(Examples.small(round, 0));
    }
    return run;
  }

  private void publishAndPrune(String run, long call) {
    Checkpoints checkpoints = new Checkpoints(storage, run, 2);
    assertThatExceptionOfType(JobException.class)
        .as("call %d", call)
        .isThrownBy(
            () -> {
              checkpoints.publish(Examples.checkpoint(4));
              checkpoints.prune(Set.of());
            })
        .withMessageContaining("injected")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
  }

  private Checkpoint latest(String run) {
    LatestCheckpoint latest = new Checkpoints(storage, run, 2).latestVerified();
    assertThat(latest.skipped()).isEmpty();
    return latest.checkpoint().orElseThrow();
  }
}
