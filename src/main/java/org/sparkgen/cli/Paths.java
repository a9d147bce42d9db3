package org.sparkgen.cli;

import org.sparkgen.config.Secrets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The rule for paths on the command line. */
final class Paths {
  private Paths() {}

  /** Refuses a path that is empty or holds a password, without repeating it. */
  static void check(CommandSpec command, String name, String path) {
    if (path.isBlank()) {
      throw new ParameterException(command.commandLine(), name + " must not be empty");
    }
    if (Secrets.hasUserInfo(path)) {
      throw new ParameterException(
          command.commandLine(),
          name + " must not hold credentials: give them to Spark as spark.hadoop.* settings");
    }
  }
}
