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

  @CommandLine.Parameters(
      index = "0",
      paramLabel = "OUTPUT",
      description = "The output.path of a training.")
  private String output;

  @CommandLine.Parameters(
      index = "1",
      paramLabel = "CODES",
      description = "The folder that compress has written.")
  private String codes;

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  DecompressCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "CODES", codes);
    Paths.check(spec, "--to", to);
    return commands.decompress(new DecompressRequest(output, codes, to)).run();
  }
}
