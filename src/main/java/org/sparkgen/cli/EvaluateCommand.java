package org.sparkgen.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.sparkgen.job.EvaluateRequest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen evaluate}. */
@CommandLine.Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Measures a trained model: likelihood, and distances of its samples from real data.",
    description = {
      "",
      "Works on a finished training, and on a running one from its newest checkpoint. What is not "
          + "given is as the training's configuration says (its section evaluation). Measures on "
          + "data.heldOut, or on the training examples if there are none. Samples are compared in "
          + "the features of a classifier, which is trained first if it is not there yet.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen evaluate target/runs/mnist-vae --importance-samples 5000",
      "  sparkgen evaluate target/runs/mnist-gan --samples 10000 \\",
      "      --features target/runs/mnist-classifier --to target/mnist-gan.json"
    })
final class EvaluateCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Parameters(paramLabel = "OUTPUT", description = "The output.path of a training.")
  private String output;

  @CommandLine.Option(
      names = "--importance-samples",
      paramLabel = "S",
      description = "Latent samples per example for log p(x); 0: it is not estimated.")
  private Optional<Integer> importanceSamples = Optional.empty();

  @CommandLine.Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Generated examples to compare with real ones; 0: none. With --features: 10000, if not given.")
  private Optional<Integer> samples = Optional.empty();

  @CommandLine.Option(
      names = "--features",
      paramLabel = "PATH",
      description =
          "Output of a classifier, trained if it is not there, or a Deeplearning4j network's "
              + ".zip, which is given pixels from 0 to 1.")
  private Optional<String> features = Optional.empty();

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "N",
      description = "Uses at most N real examples.")
  private Optional<Integer> limit = Optional.empty();

  @CommandLine.Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Writes the metrics as JSON, too, to a file on any Hadoop path.")
  private Optional<String> to = Optional.empty();

  EvaluateCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    Paths.check(spec, "OUTPUT", output);
    features.ifPresent(path -> Paths.check(spec, "--features", path));
    to.ifPresent(path -> Paths.check(spec, "--to", path));
    atLeast(0, "--importance-samples", importanceSamples);
    atLeast(0, "--samples", samples);
    atLeast(1, "--limit", limit);
    return commands
        .evaluate(
            new EvaluateRequest(
                output,
                optional(importanceSamples),
                optional(samples),
                features,
                optional(limit),
                to))
        .run();
  }

  private void atLeast(int least, String option, Optional<Integer> value) {
    if (value.isPresent() && value.get() < least) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be at least %d, but is %d".formatted(option, least, value.get()));
    }
  }

  private static OptionalInt optional(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
