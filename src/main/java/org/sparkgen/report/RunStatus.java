package org.sparkgen.report;

import java.util.Locale;

/** How far a run has come. */
public enum RunStatus {
  /** Rounds are still to come. */
  RUNNING,
  /** All is trained and written. */
  FINISHED,
  /** It stopped for a reason that is given beside the status. */
  FAILED;

  /** The word in files: {@code running}, {@code finished} or {@code failed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a word in a file; throws {@link IllegalArgumentException} for any other. */
  static RunStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
