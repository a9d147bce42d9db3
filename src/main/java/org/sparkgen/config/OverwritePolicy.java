package org.sparkgen.config;

/** What to do with an output folder that holds another run. */
public enum OverwritePolicy {
  /** Refuse it, and say how the runs differ. */
  REFUSE,
  /** Delete what that run wrote and start afresh. An unfinished equal run is still resumed. */
  OVERWRITE
}
