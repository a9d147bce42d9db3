package org.sparkgen.cli;

import org.sparkgen.job.ApplyRequest;
import picocli.CommandLine;

/** {@code sparkgen reconstruct}. */
@CommandLine.Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Sends examples through the latent space and back.",
    description = {
      "",
      "Writes reconstructions.parquet: file, index, label, class, image (PNG bytes) or features, "
          + "squaredError and, of images, psnr in decibels, a row for each example; where one can't "
          + "be read, error says why. grid.png shows some above their reconstructions.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen reconstruct target/runs/quickstart --to target/copies",
      "  sparkgen reconstruct target/runs/quickstart --data my/pictures --format folder \\",
      "      --to target/mine"
    })
final class ReconstructCommand implements Command {
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

  ReconstructCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "--to", to);
    return commands.reconstruct(new ApplyRequest(output, data.request(spec), to)).run();
  }
}
