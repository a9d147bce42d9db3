package org.sparkgen.cli;

import org.sparkgen.job.ApplyRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Operands of the commands that apply a trained model to examples. */
final class ApplyOptions {
  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

  @CommandLine.Mixin private DataOptions data = new DataOptions();

  /** What they say. */
  ApplyRequest request(CommandSpec spec) {
    return new ApplyRequest(model.output(spec), data.request(spec), model.to(spec));
  }
}
