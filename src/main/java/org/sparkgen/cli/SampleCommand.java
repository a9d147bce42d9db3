package org.sparkgen.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparkgen.job.SampleRequest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen sample}. */
@CommandLine.Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Draws samples from a trained model.",
    description = {
      "",
      "Works on a finished training, and on a running one from its newest checkpoint. The same "
          + "seed gives the same samples. Writes samples.parquet (id, of a conditional model label "
          + "and class, and image as PNG bytes or features) or PNG files, and grid.png.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen sample target/runs/quickstart --count 64 --to target/samples",
      "  sparkgen sample s3a://bucket/runs/vae --count 100000 --seed 7 --to s3a://bucket/samples",
      "  sparkgen sample target/runs/digits --count 1000 --classes 3=0.8,5=0.2 --png --to target/35"
    })
final class SampleCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ModelOptions model = new ModelOptions();

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
      names = "--classes",
      paramLabel = "CLASS[=SHARE],...",
      description =
          "Names or numbers of the classes to draw, with their shares; equal ones if none are "
              + "given. Default: all in turn. For conditional models.")
  private Optional<String> classes = Optional.empty();

  @CommandLine.Option(
      names = "--truncation",
      paramLabel = "T",
      description =
          "Draws numbers of latent vectors again until none is farther than T from 0: more typical "
              + "samples, and less diverse ones. At least 0.1.")
  private Optional<Double> truncation = Optional.empty();

  @CommandLine.Option(
      names = "--png",
      description = "Writes PNG files, in a folder per class if there are classes, not a table.")
  private boolean png;

  SampleCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    require(count >= 1, "--count must be at least 1, but is " + count);
    truncation.ifPresent(t -> require(t >= 0.1, "--truncation must be at least 0.1, but is " + t));
    return commands
        .sample(
            new SampleRequest(
                model.output(spec),
                count,
                seed,
                shares(),
                truncation.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                png ? SampleRequest.Form.FILES : SampleRequest.Form.TABLE,
                model.to(spec)))
        .run();
  }

  private Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (String part : classes.map(text -> text.split(",", -1)).orElse(new String[0])) {
      int equals = part.lastIndexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      double share = equals < 0 ? 1 : share(part, part.substring(equals + 1));
      require(!name.isBlank(), "--classes has an empty name: " + classes.orElseThrow());
      require(shares.put(name, share) == null, "--classes names %s twice".formatted(name));
    }
    return shares;
  }

  private double share(String part, String text) {
    try {
      double share = Double.parseDouble(text);
      require(share > 0 && Double.isFinite(share), shareRule(part));
      return share;
    } catch (NumberFormatException e) {
      throw new ParameterException(spec.commandLine(), shareRule(part), e);
    }
  }

  private static String shareRule(String part) {
    return "--classes needs shares above 0, as in 3=0.8,5=0.2, but has " + part;
  }

  private void require(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
