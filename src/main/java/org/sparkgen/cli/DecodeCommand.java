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

  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

  @CommandLine.Parameters(index = "1", paramLabel = "TABLE", description = "A Parquet table.")
  private String table;

  @CommandLine.Option(
      names = "--column",
      paramLabel = "NAME",
      defaultValue = "latent",
      description =
          "The column of vectors of Spark ML, or of arrays of numbers. Default: ${DEFAULT-VALUE}.")
  private String column;

  DecodeCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "TABLE", table);
    return commands
        .decode(new DecodeRequest(model.output(spec), table, column, model.to(spec)))
        .run();
  }
}
