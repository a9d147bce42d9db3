package org.sparkgen.spark;

/** What becomes of a row whose example can't be read. */
public enum UnreadableRows {
  /** It stays, and what the model would say of it is null. */
  KEEP,
  /** It is left out. */
  SKIP,
  /** It ends the job. */
  ERROR
}
