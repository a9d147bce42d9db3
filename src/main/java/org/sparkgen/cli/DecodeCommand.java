package org.sparkgen.cli;

import org.sparkgen.job.DecodeRequest;
import picocli.CommandLine;

/** {@code sparkgen decode}. */
@CommandLine.Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Turns latent vectors into examples.",
    description = {
      "",
      "Reads a Parquet table with a column of latent vectors, as encode writes it or of your own, and "
          + "writes examples.parquet: its other columns, and image (PNG bytes) or features in place of the "
          + "vectors. Of a conditional model, a column label says the class of each.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen decode target/runs/quickstart target/latents/latent.parquet --to target/decoded"
    })
final class DecodeCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "The output.path of a training.")
  private String output;

  @CommandLine.Parameters(index = "1", paramLabel = "TABLE", description = "A Parquet table.")
  private String table;

  @CommandLine.Option(
      names = "--column",
      paramLabel = "NAME",
      defaultValue = "latent",
      description =
          "The column of vectors of Spark ML, or of arrays of numbers. Default: ${DEFAULT-VALUE}.")
  private String column;

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  DecodeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "TABLE", table);
    Paths.check(spec, "--to", to);
    return commands.decode(new DecodeRequest(output, table, column, to)).run();
  }
}
