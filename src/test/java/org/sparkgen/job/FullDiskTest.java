package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.FaultyFileSystem;
import org.sparkgen.storage.Storage;

/** Trainings whose output has no space left, from some call of its file system on. */
class FullDiskTest {
  private static final int STEP = 97;

  @TempDir private Path folder;

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void endsWithACleanFailureAndGoesOnWhenThereIsSpace() {
    LocalSpark.withSession(
        "local[2]",
        FaultyFileSystem.settings("spark.hadoop."),
        session -> {
          failAtSomeCalls(session);
          return null;
        });
  }

  private void failAtSomeCalls(SparkSession session) {
    assertThat(session.sparkContext().isLocal()).isTrue();
    FaultyFileSystem.heal();
    String weights = train("whole").weightsSha256();
    long calls = FaultyFileSystem.calls();
    assertThat(calls).isGreaterThan(3 * STEP);
    for (long call = STEP; call <= calls; call += STEP) {
      String run = "run" + call;
      FaultyFileSystem.heal();
      FaultyFileSystem.failFrom(call, () -> new IOException("No space left on device"));
      JobException failure = catchThrowableOfType(JobException.class, () -> train(run));
      FaultyFileSystem.heal();
      if (failure != null) {
        assertThat(failure.exitCode()).as(failure.toString()).isEqualTo(ExitCode.STORAGE);
        assertThat(failure)
            .hasMessageContaining(run)
            .hasMessageContaining("no space left")
            .hasMessageContaining("Free some space, raise the quota, or choose another path");
      }
      assertThat(train(run).weightsSha256()).as("call %d of %d", call, calls).isEqualTo(weights);
    }
  }

  private TrainResult train(String run) {
    RunConfig config =
        Trainings.vae(
            folder,
            "output.path=" + FaultyFileSystem.address(folder.resolve(run).toAbsolutePath()));
    Storage storage = FaultyFileSystem.storage();
    return Trainings.train(config, storage);
  }
}
