package org.sparkgen.report;

/** How much a finding should worry a reader; in ascending order. */
public enum Severity {
  /** As it should be. */
  GOOD,
  /** Good to know. */
  NOTE,
  /** Worth a closer look. */
  WARNING,
  /** The result can hardly be used. */
  BAD
}
