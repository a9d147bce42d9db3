package org.sparkgen.cli;

import picocli.CommandLine;

/** {@code sparkgen encode}. */
@CommandLine.Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Turns examples into latent vectors, and draws a map of them.",
    description = {
      "",
      "Writes latent.parquet: file, index, label, class, latent and, of a distribution, variance, "
          + "as vectors of Spark ML, a row for each example; where one can't be read, error says "
          + "why. map.svg shows them in a plane, coloured by class.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen encode target/runs/quickstart --to target/latents",
      "  sparkgen encode target/runs/quickstart --data my/pictures --format folder --to target/mine"
    })
final class EncodeCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ApplyOptions apply = new ApplyOptions();

  EncodeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    return commands.encode(apply.request(spec)).run();
  }
}
