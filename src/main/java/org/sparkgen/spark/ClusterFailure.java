package org.sparkgen.spark;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
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
    String work = StorageFailure.isFullAmong(thrown) ? what + localFolders() : what;
    return StorageFailure.among(work, thrown).orElseGet(() -> unknown(what, thrown));
  }

  /** The result of some work, or its failure {@linkplain #explain explained}. */
  static <T> T explained(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw explain(what, e);
    }
  }

  /** Where Spark keeps files of its own, which its failures don't name. */
  private static String localFolders() {
    return ", for which Spark also writes to spark.local.dir = "
        + Optional.ofNullable(SparkEnv.get())
            .map(env -> env.conf().get("spark.local.dir", System.getProperty("java.io.tmpdir")))
            .orElse("unknown")
        + " on each executor (YARN: to the folders of its node managers)";
  }

  private static JobException unknown(String what, Exception thrown) {
    String reason = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
    return new JobException(
        ExitCode.INTERNAL,
        "%s failed after Spark's retries: %s. What was published before is intact; %s"
            .formatted(what, reason, advice(reason)),
        thrown);
  }

  /** A task's error may be known by its text only. */
  private static String advice(String reason) {
    return reason.contains(OutOfMemoryError.class.getSimpleName())
        ? "raise spark.executor.memory and its memoryOverhead, in local mode spark.driver.memory"
        : "the cause is in the log of the task's executor";
  }
}
