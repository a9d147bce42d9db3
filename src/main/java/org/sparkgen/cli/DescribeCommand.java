package org.sparkgen.cli;

import picocli.CommandLine;

/** {@code sparkgen describe}. */
@CommandLine.Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Says what an output folder holds, its metrics and its health.",
    footerHeading = "%nExample:%n",
    footer = "  sparkgen describe target/runs/quickstart")
final class DescribeCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  DescribeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    return commands.describe(output).run();
  }
}
