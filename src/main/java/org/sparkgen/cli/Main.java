package org.sparkgen.cli;

/** The entry point that spark-submit calls. */
public final class Main {
  private Main() {}

  /** Runs the command line. */
  public static void main(String[] args) {
    System.err.println(String.join(" ", args));
  }
}
