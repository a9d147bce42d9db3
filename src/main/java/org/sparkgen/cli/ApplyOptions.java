package org.sparkgen.cli;

import org.sparkgen.job.ApplyRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Operands of the commands that apply a trained model to examples. */
final class ApplyOptions {
  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  @CommandLine.Mixin private DataOptions data = new DataOptions();

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  /** What they say. */
  ApplyRequest request(CommandSpec spec) {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "--to", to);
    return new ApplyRequest(output, data.request(spec), to);
  }
}
