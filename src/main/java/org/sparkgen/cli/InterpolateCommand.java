package org.sparkgen.cli;

import java.util.List;
import org.sparkgen.job.InterpolateRequest;
import org.sparkgen.job.LatentPoint;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen interpolate}. */
@CommandLine.Command(
    name = "interpolate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Draws the way from one picture to another.",
    description = {
      "",
      "Writes interpolation.png and each picture as a file, on the way between two pictures that the "
          + "model encodes, or between two samples: on an arc where the model has a Gaussian prior, and "
          + "otherwise on a straight line. Needs no Spark.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen interpolate target/runs/quickstart --seeds 1 2 --to target/path",
      "  sparkgen interpolate target/runs/quickstart --images a.png b.png --steps 20 --to target/ab"
    })
final class InterpolateCommand implements Command {
  private static final int MOST_STEPS = 200;

  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private LatentOptions latent = new LatentOptions();

  @CommandLine.Option(
      names = "--seeds",
      paramLabel = "S",
      arity = "2",
      description = "Two seeds: between the first samples of each.")
  private List<Long> seeds = List.of();

  @CommandLine.Option(
      names = "--images",
      paramLabel = "FILE",
      arity = "2",
      description = "Two pictures (PNG, JPEG, GIF, BMP), on any Hadoop path.")
  private List<String> images = List.of();

  @CommandLine.Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "10",
      description = "Pictures, both ends among them, at most 200. Default: ${DEFAULT-VALUE}.")
  private int steps;

  InterpolateCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    images.forEach(image -> Paths.check(spec, "--images", image));
    if (steps < 2 || steps > MOST_STEPS) {
      throw new ParameterException(
          spec.commandLine(), "--steps must be from 2 to 200, but is " + steps);
    }
    return commands.interpolate(new InterpolateRequest(latent.request(spec, ends()), steps)).run();
  }

  private List<LatentPoint> ends() {
    if (seeds.size() + images.size() != 2) {
      throw new ParameterException(
          spec.commandLine(), "give the two ends: either --seeds S S, or --images FILE FILE");
    }
    return seeds.isEmpty()
        ? List.of(new LatentPoint.Encoded(images.get(0)), new LatentPoint.Encoded(images.get(1)))
        : List.of(new LatentPoint.Drawn(seeds.get(0)), new LatentPoint.Drawn(seeds.get(1)));
  }
}
