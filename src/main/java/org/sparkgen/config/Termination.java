package org.sparkgen.config;

import java.util.Set;

/** Whether somebody has told this process to end, by SIGTERM or an interrupt from the keyboard. */
public final class Termination {
  private Termination() {}

  /** The threads in which Java ends the process upon a signal. */
  private static final Set<String> SIGNALLED =
      Set.of("SIGTERM handler", "SIGINT handler", "SIGHUP handler");

  /**
   * Whether this process is ending because it was told to: Spark and Hadoop take themselves down,
   * and work in it fails. False if it ends for reasons of its own, such as a lack of memory.
   */
  public static boolean isUnderWay() {
    return isEnding()
        && Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .anyMatch(SIGNALLED::contains);
  }

  private static boolean isEnding() {
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
