package org.sparkgen.cli;

import java.util.Arrays;
import java.util.Optional;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.Keyword;
import org.sparkgen.job.ScoreRequest;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code sparkgen score}. */
@CommandLine.Command(
    name = "score",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Scores how strange examples are to a trained model.",
    description = {
      "",
      "Writes scores.parquet: file, index, label, class, score (the higher, the stranger) and "
          + "quantile (the share of training examples with lower scores), a row for each example; "
          + "where one can't be read, error says why. Shows how the scores are distributed, and the "
          + "strangest examples.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sparkgen score target/runs/quickstart --data my/pictures --format folder --to target/scores",
      "  sparkgen score target/runs/no-threes --data mnist/t10k-images-idx3-ubyte.gz \\",
      "      --labels mnist/t10k-labels-idx1-ubyte.gz --foreign 3 --to target/threes"
    })
final class ScoreCommand implements Command {
  /** Some are chosen by chance, about so many: never fewer than the neighbours that count. */
  private static final int FEWEST_AMONG = 100;

  private final Commands commands;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Mixin private ApplyOptions apply = new ApplyOptions();

  @CommandLine.Option(
      names = "--score",
      paramLabel = "SCORE",
      description =
          "negative-elbo or negative-log-likelihood, in nats, of a VAE; reconstruction, the mean "
              + "squared error; encoder-distance or discriminator-distance, to the nearest training "
              + "examples in the network's last hidden layer. Default: the first that the model can "
              + "give.")
  private Optional<String> score = Optional.empty();

  @CommandLine.Option(
      names = "--samples",
      paramLabel = "S",
      defaultValue = "16",
      description = "Latent samples per example for the scores in nats. Default: ${DEFAULT-VALUE}.")
  private int samples;

  @CommandLine.Option(
      names = "--among",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Training examples among which the nearest are looked for, for the distances: more find "
              + "more, and take longer; at least 100. Default: ${DEFAULT-VALUE}.")
  private int among;

  @CommandLine.Option(
      names = "--reference",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Training examples that are scored, too, for quantiles; 0: none. Default: ${DEFAULT-VALUE}.")
  private int reference;

  @CommandLine.Option(
      names = "--foreign",
      paramLabel = "CLASS",
      description =
          "Name or number of the class that is foreign, for the area under the ROC curve.")
  private Optional<String> foreign = Optional.empty();

  ScoreCommand(Commands commands) {
    this.commands = commands;
  }

  @Override
  public Outcome run() {
    require(samples >= 1, "--samples must be at least 1, but is " + samples);
    require(
        among >= FEWEST_AMONG,
        "--among must be at least %d, but is %d".formatted(FEWEST_AMONG, among));
    require(reference >= 0, "--reference must be at least 0, but is " + reference);
    return commands
        .score(
            new ScoreRequest(
                apply.request(spec), score.map(this::score), samples, among, reference, foreign))
        .run();
  }

  private AnomalyScore score(String name) {
    Optional<AnomalyScore> found =
        Arrays.stream(AnomalyScore.values())
            .filter(each -> Keyword.of(each).equals(name))
            .findFirst();
    require(
        found.isPresent(),
        "--score must be one of %s, but is %s"
            .formatted(
                String.join(", ", Arrays.stream(AnomalyScore.values()).map(Keyword::of).toList()),
                name));
    return found.get();
  }

  private void require(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
