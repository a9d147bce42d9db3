package org.sparkgen.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry point that spark-submit calls. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line. Returns after success and never exits with 0, which YARN's cluster mode
   * would take for a failure.
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = new Application(new JobCommands(), out, err).run(args);
    if (code != 0) {
      System.exit(code);
    }
  }
}
