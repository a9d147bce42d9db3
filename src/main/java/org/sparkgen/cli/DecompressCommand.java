package org.sparkgen.cli;

import org.sparkgen.job.DecompressRequest;
import picocli.CommandLine;

/** {@code sparkgen decompress}. */
@CommandLine.Command(
    name = "decompress",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Turns codes into images again.",
    description = {
      "",
      "Reads what compress has written, with the same model, and writes images, a folder of PNG files "
          + "under the names of the originals.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sparkgen decompress target/runs/quickstart target/codes --to target/pictures"})
final class DecompressCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

  @CommandLine.Parameters(
      index = "1",
      paramLabel = "CODES",
      description = "The folder that compress has written.")
  private String codes;

  DecompressCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "CODES", codes);
    return commands
        .decompress(new DecompressRequest(model.output(spec), codes, model.to(spec)))
        .run();
  }
}
