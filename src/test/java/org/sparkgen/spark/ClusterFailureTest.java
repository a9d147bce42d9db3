package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

class ClusterFailureTest {
  private static JobException explain(Throwable cause) {
    Exception aborted = new RuntimeException("Job aborted", new RuntimeException("Task 3", cause));
    return ClusterFailure.explain("writing 10 samples", aborted);
  }

  @Test
  void aFullDiskIsAFailureOfStorage() {
    JobException failure = explain(new IOException("No space left on device"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.STORAGE);
    assertThat(failure)
        .hasMessageMatching(
            "writing 10 samples, for which Spark also writes to spark.local.dir = \\S+ on each"
                + " executor \\(YARN: to the folders of its node managers\\): no space left"
                + " \\(IOException, No space left on device\\). Free some space, raise the quota,"
                + " or choose another path.")
        .hasRootCauseMessage("No space left on device");
  }

  @Test
  void aForbiddenFolderIsAFailureOfStorage() {
    JobException failure = explain(new AccessDeniedException("/output"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.STORAGE);
    assertThat(failure).hasMessageStartingWith("writing 10 samples: permission denied");
  }

  /** Spark wraps errors of any kind in it. */
  @Test
  void anUnrecognisedInputOutputErrorIsNot() {
    JobException failure = explain(new IOException(new IllegalStateException("a defect")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL);
    assertThat(failure).hasMessageContaining("writing 10 samples failed after Spark's retries");
  }

  @Test
  void theExitCodeOfATaskIsKept() {
    JobException failure = explain(new JobException(ExitCode.INPUT, "bad rows"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(failure).hasMessage("writing 10 samples: bad rows");
  }

  @Test
  void aLackOfMemorySaysWhatToRaise() {
    JobException failure =
        ClusterFailure.explain(
            "round 2",
            new RuntimeException("Lost task 1.0: java.lang.OutOfMemoryError: Java heap space"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL);
    assertThat(failure)
        .hasMessageContaining("java.lang.OutOfMemoryError: Java heap space. What was published")
        .hasMessageEndingWith("in local mode spark.driver.memory");
  }
}
