package org.sparkgen.cli;

import picocli.CommandLine;

/** {@code sparkgen export}. */
@CommandLine.Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Writes the networks of a trained model as ONNX files.",
    description = {
      "",
      "Works on a finished training, and on a running one from its newest checkpoint. Each network, "
          + "such as encoder and decoder, becomes one file that ONNX Runtime and others read; its "
          + "metadata say what goes in and what comes out.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen export target/runs/quickstart --to target/onnx",
      "  sparkgen export s3a://bucket/runs/vae --to s3a://bucket/models/vae"
    })
final class ExportCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

  ExportCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    return commands.export(model.output(spec), model.to(spec)).run();
  }
}
