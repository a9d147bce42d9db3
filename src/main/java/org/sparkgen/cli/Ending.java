package org.sparkgen.cli;

import java.util.Optional;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Secrets;
import org.sparkgen.config.Termination;

/**
 * How a command ended: the last line of the log.
 *
 * @param status one word
 * @param code the exit code
 * @param reason what happened, without secrets
 */
record Ending(String status, ExitCode code, String reason) {
  private static final int MAXIMUM_CAUSES = 50;

  static Ending of(Outcome outcome) {
    return new Ending(outcome.status(), ExitCode.OK, Secrets.maskUserInfo(outcome.reason()));
  }

  static Ending usage(String message) {
    return new Ending("failed", ExitCode.USAGE, Secrets.maskUserInfo(message));
  }

  /**
   * The ending of a failure; a {@link JobException} among its causes decides, unless the process is
   * about to end.
   */
  static Ending of(Throwable failure) {
    if (Termination.isUnderWay()) {
      JobException told = Termination.explained(failure);
      return new Ending("terminated", told.exitCode(), told.getMessage());
    }
    Optional<JobException> job = jobException(failure);
    String reason = job.map(Throwable::getMessage).orElseGet(() -> unexpected(failure));
    ExitCode code = job.map(JobException::exitCode).orElse(ExitCode.INTERNAL);
    return new Ending("failed", code, Secrets.maskUserInfo(reason));
  }

  /** {@code RESULT status=... code=... reason="..."} on one line. */
  @Override
  public String toString() {
    String line = reason.strip().replaceAll("\\s+", " ");
    String quoted = line.replace("\\", "\\\\").replace("\"", "\\\"");
    return "RESULT status=%s code=%d reason=\"%s\"".formatted(status, code.code(), quoted);
  }

  private static String unexpected(Throwable failure) {
    return failure instanceof OutOfMemoryError
        ? failure + ": raise spark.driver.memory, or spark.executor.memory and memoryOverhead"
        : failure.toString();
  }

  private static Optional<JobException> jobException(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAXIMUM_CAUSES && cause != null; i++) {
      if (cause instanceof JobException job) {
        return Optional.of(job);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
