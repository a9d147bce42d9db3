package org.sparkgen.spark;

import java.util.function.Supplier;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.StorageFailure;

/** Turns what Spark throws into what a job reports. */
final class ClusterFailure {
  private ClusterFailure() {}

  /**
   * The failure of some work.
   *
   * @param what the work, as the subject of a sentence
   * @param thrown what came out of Spark; its causes may hold a {@link JobException} of a task,
   *     whose exit code is kept, or a failure of Spark's own access to storage
   */
  static JobException explain(String what, Exception thrown) {
    if (thrown instanceof JobException known) {
      return known;
    }
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobException known) {
        return new JobException(known.exitCode(), what + ": " + known.getMessage(), thrown);
      }
    }
    return StorageFailure.among(what, thrown).orElseGet(() -> unknown(what, thrown));
  }

  /** The result of some work, or its failure {@linkplain #explain explained}. */
  static <T> T explained(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw explain(what, e);
    }
  }

  private static JobException unknown(String what, Exception thrown) {
    String reason = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    return new JobException(
        ExitCode.INTERNAL,
        "%s failed after Spark's retries: %s. What was published before is intact;"
                .formatted(what, reason)
            + " the cause is in the log of the task's executor",
        thrown);
  }
}
