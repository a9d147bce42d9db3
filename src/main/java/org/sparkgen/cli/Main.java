package org.sparkgen.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The entry point that spark-submit calls. */
public final class Main {
  /** How long a process that was told to end waits for its last words. */
  private static final int PATIENCE_SECONDS = 10;

  private Main() {}

  /**
   * Runs the command line. Returns after success and never exits with 0, which YARN's cluster mode
   * would take for a failure.
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> await(ended), "last words"));
    int code = new Application(new JobCommands(), out, err).run(args);
    ended.countDown();
    if (code != 0) {
      System.exit(code);
    }
  }

  /** A signal makes Spark stop, Spark makes the job fail, and the job says that it was told to. */
  private static void await(CountDownLatch ended) {
    try {
      var unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
