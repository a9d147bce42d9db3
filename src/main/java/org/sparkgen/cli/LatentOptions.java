package org.sparkgen.cli;

import java.util.List;
import java.util.Optional;
import org.sparkgen.job.LatentPoint;
import org.sparkgen.job.LatentRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Operands of the commands that draw pictures of the latent space. */
final class LatentOptions {
  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

  @CommandLine.Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Name or number of the class to draw, of a conditional model.")
  private Optional<String> className = Optional.empty();

  /** What they say. */
  LatentRequest request(CommandSpec spec, List<LatentPoint> points) {
    return new LatentRequest(model.output(spec), points, className, model.to(spec));
  }
}
