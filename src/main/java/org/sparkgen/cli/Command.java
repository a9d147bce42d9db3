package org.sparkgen.cli;

/** A command whose options have been read. */
interface Command {
  /** Does what the options ask for. */
  Outcome run();
}
