package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.FaultyFileSystem;
import org.sparkgen.storage.Storage;

/** A driver dies at any call of a whole life; the same command again always gets to the end. */
class RunFolderCrashTest {
  @TempDir private Path directory;
  private final Storage storage = FaultyFileSystem.storage();

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void aRunThatDiesAnywhereIsFinishedByTheSameCommand() {
    String clean = FaultyFileSystem.address(directory.resolve("clean"));
    FaultyFileSystem.heal();
    train(clean, "1", OverwritePolicy.REFUSE);
    long calls = FaultyFileSystem.calls();

    for (long call = 1; call <= calls; call++) {
      String run = FaultyFileSystem.address(directory.resolve("run" + call));
      die(run, "1", OverwritePolicy.REFUSE, call);
      assertNotFalselyComplete(run);
      train(run, "1", OverwritePolicy.REFUSE);
      assertFinished(run, "1");
    }
  }

  @Test
  void anOverwriteThatDiesAnywhereIsFinishedByTheSameCommand() {
    String clean = FaultyFileSystem.address(directory.resolve("clean"));
    train(clean, "1", OverwritePolicy.REFUSE);
    FaultyFileSystem.heal();
    train(clean, "2", OverwritePolicy.OVERWRITE);
    long calls = FaultyFileSystem.calls();

    for (long call = 1; call <= calls; call++) {
      String run = FaultyFileSystem.address(directory.resolve("run" + call));
      train(run, "1", OverwritePolicy.REFUSE);
      die(run, "2", OverwritePolicy.OVERWRITE, call);
      assertNotFalselyComplete(run);
      train(run, "2", OverwritePolicy.OVERWRITE);
      assertFinished(run, "2");
    }
  }

  private void die(String run, String seed, OverwritePolicy policy, long call) {
    FaultyFileSystem.stopAt(call);
    assertThatExceptionOfType(JobException.class)
        .as("call %d", call)
        .isThrownBy(() -> train(run, seed, policy))
        .withMessageContaining("injected");
    FaultyFileSystem.heal();
  }

  /** Two rounds whose numbers depend on the seed, and a report. */
  private void train(String run, String seed, OverwritePolicy policy) {
    RunFolder folder =
        RunFolder.open(storage, run, "seed = " + seed, Map.of("run.seed", seed), policy);
    if (folder.state() == RunFolder.State.COMPLETE) {
      return;
    }
    folder.record("{\"driver\": \"test\"}");
    Checkpoints checkpoints = folder.checkpoints(2);
    LatestCheckpoint latest = checkpoints.latestVerified();
    assertThat(latest.skipped()).isEmpty();
    int done = latest.checkpoint().map(Checkpoint::round).orElse(0);
    for (int round = done + 1; round <= 2; round++) {
      checkpoints.publish(round(round, seed));
      checkpoints.prune(Set.of());
    }
    folder.commit("report.html", "of seed " + seed);
    folder.complete(Map.of("weights", round(2, seed).snapshot().weightsSha256()));
  }

  private void assertNotFalselyComplete(String run) {
    Completion.read(storage, run)
        .ifPresent(completion -> assertThat(completion.damages(storage, run)).isEmpty());
  }

  private void assertFinished(String run, String seed) {
    Completion completion = Completion.read(storage, run).orElseThrow();
    assertThat(completion.damages(storage, run)).isEmpty();
    assertThat(completion.result())
        .containsExactly(Map.entry("weights", round(2, seed).snapshot().weightsSha256()));
    assertThat(storage.readText(run + "/report.html")).isEqualTo("of seed " + seed);
    Checkpoint last = new Checkpoints(storage, run, 2).latestVerified().checkpoint().orElseThrow();
    Examples.assertSame(last, round(2, seed));
  }

  private static Checkpoint round(int round, String seed) {
    return Examples.small(round, Long.parseLong(seed));
  }
}
