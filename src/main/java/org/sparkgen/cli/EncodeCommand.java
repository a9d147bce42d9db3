package org.sparkgen.cli;

import org.sparkgen.job.ApplyRequest;
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

  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  @CommandLine.Mixin private DataOptions data = new DataOptions();

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  EncodeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "--to", to);
    return commands.encode(new ApplyRequest(output, data.request(spec), to)).run();
  }
}
