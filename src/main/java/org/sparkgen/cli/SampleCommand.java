package org.sparkgen.cli;

import picocli.CommandLine;

/** {@code sparkgen sample}. */
@CommandLine.Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Draws samples from a trained model.",
    description = {
      "",
      "Works on a finished training, and on a running one from its newest checkpoint. The same "
          + "seed gives the same samples.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen sample target/runs/quickstart --count 64 --to target/samples",
      "  sparkgen sample s3a://bucket/runs/vae --count 100000 --seed 7 --to s3a://bucket/samples"
    })
final class SampleCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  @CommandLine.Option(
      names = "--count",
      paramLabel = "N",
      required = true,
      description = "Number of samples.")
  private int count;

  @CommandLine.Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Source of the latent vectors. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @CommandLine.Option(
      names = "--to",
      paramLabel = "PATH",
      required = true,
      description = "Folder for the samples, on any Hadoop path.")
  private String to;

  SampleCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    Paths.check(spec, "--to", to);
    if (count < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--count must be at least 1, but is " + count);
    }
    return commands.sample(new Commands.SampleRequest(output, count, seed, to)).run();
  }
}
