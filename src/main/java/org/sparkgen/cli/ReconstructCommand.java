package org.sparkgen.cli;

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

  @CommandLine.Mixin private ApplyOptions apply = new ApplyOptions();

  ReconstructCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    return commands.reconstruct(apply.request(spec)).run();
  }
}
