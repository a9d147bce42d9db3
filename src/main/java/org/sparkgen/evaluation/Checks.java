package org.sparkgen.evaluation;

import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** What the sums of this package ask of what they are given. */
final class Checks {
  private Checks() {}

  /** A defect of the caller, if the numbers differ. */
  static void same(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
    }
  }

  /** Refuses to make a metric of too few examples. */
  static void atLeast(long least, long found, String metric, String examples) {
    if (found < least) {
      throw new JobException(
          ExitCode.INPUT,
          "%s needs at least %d %s, found %d".formatted(metric, least, examples, found));
    }
  }
}
