package org.sparkgen.config;

/** Whether somebody has told this process to end, by SIGTERM or an interrupt from the keyboard. */
public final class Termination {
  private Termination() {}

  /**
   * Whether this process is ending: Spark and Hadoop take themselves down, and work in it fails.
   */
  public static boolean isUnderWay() {
    Thread unused = new Thread(() -> {}, "unused");
    try {
      Runtime.getRuntime().addShutdownHook(unused);
      Runtime.getRuntime().removeShutdownHook(unused);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** What to say of work that failed because the process is ending. */
  public static JobException explained(Throwable failure) {
    return new JobException(
        ExitCode.TERMINATED,
        "this process was told to end. What was committed is intact; the same command goes on from"
            + " there",
        failure);
  }
}
