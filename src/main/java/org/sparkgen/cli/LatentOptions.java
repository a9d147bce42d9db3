package org.sparkgen.cli;

import java.util.List;
import java.util.Optional;
import org.sparkgen.job.LatentPoint;
import org.sparkgen.job.LatentRequest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Operands of the commands that draw pictures of the latent space. */
final class LatentOptions {
  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  @CommandLine.Option(
      names = "--class",
      paramLabel = "CLASS",
      description = "Name or number of the class to draw, of a conditional model.")
  private Optional<String> className = Optional.empty();

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for what is written, on any Hadoop path.")
  private String to;

  /** What they say. */
  LatentRequest request(CommandSpec spec, List<LatentPoint> points) {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "--to", to);
    return new LatentRequest(output, points, className, to);
  }
}
