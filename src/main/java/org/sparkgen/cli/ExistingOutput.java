package org.sparkgen.cli;

/** What happens to what an earlier run left in the output folder. */
public enum ExistingOutput {
  /** A finished run stays, an unfinished one goes on, one of another configuration is refused. */
  RESUME,
  /** Whatever is there gives way to the new run. */
  OVERWRITE
}
