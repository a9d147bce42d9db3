package org.sparkgen.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.Neighbourhood;
import org.sparkgen.model.HiddenLayer;
import org.sparkgen.model.LikelihoodEstimator;
import org.sparkgen.model.Reconstructor;
import org.sparkgen.model.Trainable;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.Seeds;

/** Which anomaly score a model gives, and by which noise. */
final class ScoreChoice {
  private static final String PURPOSE = "score";

  private ScoreChoice() {}

  /** Source of the noise that scores are estimated by. */
  static long seed(RunConfig config) {
    return Seeds.samples(config.run().seed(), PURPOSE, 0);
  }

  /**
   * The score that is asked for, or the first that the model can give.
   *
   * @throws JobException USAGE if it can't give that, or any
   */
  static AnomalyScore of(RunConfig config, Optional<AnomalyScore> asked) {
    return of(config, asked, possible(config));
  }

  /**
   * As {@link #of}, where no training examples are at hand to compare with.
   *
   * @throws JobException USAGE if the model can't give that, or any, by itself
   */
  static AnomalyScore ofModelAlone(RunConfig config, Optional<AnomalyScore> asked) {
    List<AnomalyScore> possible = possible(config);
    if (asked.filter(s -> s.comparesWithTraining() && possible.contains(s)).isPresent()) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot score by %s here: it compares with training examples, of which a saved model keeps none; the command score gives it"
              .formatted(Keyword.of(asked.orElseThrow())));
    }
    return of(config, asked, possible.stream().filter(s -> !s.comparesWithTraining()).toList());
  }

  private static AnomalyScore of(
      RunConfig config, Optional<AnomalyScore> asked, List<AnomalyScore> possible) {
    if (possible.isEmpty() || asked.filter(s -> !possible.contains(s)).isPresent()) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot score%s: model.family = %s %s"
              .formatted(
                  asked.map(s -> " by " + Keyword.of(s)).orElse(""),
                  Keyword.of(config.model().family()),
                  possible.isEmpty()
                      ? "gives no such score; train family autoencoder, vae, beta-vae or vae-gan"
                      : "gives " + String.join(", ", possible.stream().map(Keyword::of).toList())));
    }
    return asked.orElse(possible.get(0));
  }

  /** The scores that the model can give, the usual one first. */
  private static List<AnomalyScore> possible(RunConfig config) {
    return RunModels.borrow(
        ConfigText.render(config),
        model -> Arrays.stream(AnomalyScore.values()).filter(s -> gives(model, s)).toList());
  }

  private static boolean gives(Trainable model, AnomalyScore score) {
    return switch (score) {
      case ENCODER_DISTANCE, DISCRIMINATOR_DISTANCE -> HiddenLayer.of(model, score).isPresent();
      case NEGATIVE_ELBO, NEGATIVE_LOG_LIKELIHOOD -> model instanceof LikelihoodEstimator;
      case RECONSTRUCTION -> model instanceof Reconstructor;
    };
  }

  /**
   * Refuses a score that compares with training examples where there are too few.
   *
   * @param score a distance
   * @param examples that the model was trained on
   * @throws JobException USAGE
   */
  static void requireNeighbours(AnomalyScore score, long examples) {
    if (examples <= Neighbourhood.NEIGHBOURS) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot score by %s: it compares with the %d nearest training examples, but the model was trained on %d"
              .formatted(Keyword.of(score), Neighbourhood.NEIGHBOURS, examples));
    }
  }

  /**
   * How many training examples others can be compared with, without too much memory.
   *
   * @param score a distance that the model can give
   * @param wanted how many are wanted
   */
  static int among(RunConfig config, AnomalyScore score, int wanted) {
    int size =
        RunModels.borrow(
            ConfigText.render(config), model -> HiddenLayer.of(model, score).orElseThrow().size());
    return Math.min(wanted, Neighbourhood.most(size));
  }
}
