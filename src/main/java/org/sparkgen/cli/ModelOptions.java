package org.sparkgen.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A trained model and a folder for what is made with it. */
final class ModelOptions {
  @CommandLine.Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "The output.path of a training.")
  private String output;

  @CommandLine.Option(
      names = "--to",
      paramLabel = "FOLDER",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  /** Folder of the training. */
  String output(CommandSpec spec) {
    Paths.check(spec, "OUTPUT", output);
    return output;
  }

  /** Folder that is written. */
  String to(CommandSpec spec) {
    Paths.check(spec, "--to", to);
    return to;
  }
}
