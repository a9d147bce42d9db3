package org.sparkgen.cli;

import java.util.List;
import java.util.Optional;
import org.sparkgen.job.LatentPoint;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen traverse}. */
@CommandLine.Command(
    name = "traverse",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Draws what single latent dimensions change.",
    description = {
      "",
      "Writes traversals.png: a row for each of the ten dimensions that change most, from -3 to 3 "
          + "standard deviations of the prior, while the others stay where a sample or a picture "
          + "is. Says which dimensions they are. Needs no Spark.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen traverse target/runs/quickstart --seed 1 --to target/dimensions",
      "  sparkgen traverse target/runs/quickstart --image a.png --to target/dimensions-of-a"
    })
final class TraverseCommand implements Command {
  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private LatentOptions latent = new LatentOptions();

  @CommandLine.Option(
      names = "--seed",
      paramLabel = "S",
      description = "Around the first sample of the seed. Default: 42.")
  private Optional<Long> seed = Optional.empty();

  @CommandLine.Option(
      names = "--image",
      paramLabel = "FILE",
      description = "Around a picture (PNG, JPEG, GIF, BMP), on any Hadoop path.")
  private Optional<String> image = Optional.empty();

  TraverseCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    image.ifPresent(file -> Paths.check(spec, "--image", file));
    if (seed.isPresent() && image.isPresent()) {
      throw new ParameterException(spec.commandLine(), "give either --seed or --image, not both");
    }
    LatentPoint point =
        image
            .<LatentPoint>map(LatentPoint.Encoded::new)
            .orElseGet(() -> new LatentPoint.Drawn(seed.orElse(42L)));
    return commands.traverse(latent.request(spec, List.of(point))).run();
  }
}
