package org.sparkgen.config;

import java.util.Objects;

/** A command's failure: what went wrong, where, and what would be right. */
public final class JobException extends RuntimeException {
  private final ExitCode exitCode;

  /** A failure whose message is complete by itself. */
  public JobException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = Objects.requireNonNull(exitCode);
  }

  /** A failure caused by another. */
  public JobException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = Objects.requireNonNull(exitCode);
  }

  /** The code that the process is to exit with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
