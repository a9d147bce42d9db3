package org.sparkgen.cli;

import org.sparkgen.job.CompressRequest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen compress}. */
@CommandLine.Command(
    name = "compress",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Turns images into codes of a few bytes.",
    description = {
      "",
      "Writes codes.parquet: file, index, label, class and code, the rounded latent vector, a row for "
          + "each image; where one can't be read, error says why. Writes codes.json, which decompress needs, "
          + "and shows bits per pixel and PSNR beside those of PNG and JPEG files of the same images.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen compress target/runs/quickstart --to target/codes",
      "  sparkgen decompress target/runs/quickstart target/codes --to target/pictures"
    })
final class CompressCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ApplyOptions apply = new ApplyOptions();

  @CommandLine.Option(
      names = "--step",
      paramLabel = "S",
      defaultValue = "0.25",
      description =
          "Distance of the levels that latent numbers are rounded to: in standard deviations of the "
              + "prior or, of an autoencoder, in eighths of a number's range. Default: ${DEFAULT-VALUE}.")
  private double step;

  CompressCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    if (!(step > 0 && Double.isFinite(step))) {
      throw new ParameterException(
          spec.commandLine(), "--step must be a number above 0, but is " + step);
    }
    return commands.compress(new CompressRequest(apply.request(spec), step)).run();
  }
}
