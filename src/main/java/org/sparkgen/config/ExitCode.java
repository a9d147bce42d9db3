package org.sparkgen.config;

/** How a command ended, as its process exit code. */
public enum ExitCode {
  /** All was done. */
  OK(0),
  /** The command line or the configuration is wrong; nothing was started. */
  USAGE(2),
  /** The input can't be read, or too much of it was rejected. */
  INPUT(3),
  /** Training produced NaN or infinity. */
  DIVERGED(4),
  /** The output can't be written, or what is there can't be trusted. */
  STORAGE(5),
  /** A defect of this program. */
  INTERNAL(70),
  /** The process was told to end (SIGTERM); what was committed is intact. */
  TERMINATED(143);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }
}
