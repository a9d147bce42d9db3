package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.LikelihoodEstimator;
import org.sparkgen.model.Reconstructor;
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
    List<AnomalyScore> possible =
        RunModels.borrow(
            ConfigText.render(config),
            model -> {
              List<AnomalyScore> scores = new ArrayList<>();
              if (model instanceof LikelihoodEstimator) {
                scores.add(AnomalyScore.NEGATIVE_ELBO);
                scores.add(AnomalyScore.NEGATIVE_LOG_LIKELIHOOD);
              }
              if (model instanceof Reconstructor) {
                scores.add(AnomalyScore.RECONSTRUCTION);
              }
              return scores;
            });
    if (possible.isEmpty() || asked.filter(s -> !possible.contains(s)).isPresent()) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot score%s: model.family = %s %s"
              .formatted(
                  asked.map(s -> " by " + Keyword.of(s)).orElse(""),
                  Keyword.of(config.model().family()),
                  possible.isEmpty()
                      ? "gives no score; train family autoencoder, vae, beta-vae or vae-gan"
                      : "gives " + String.join(", ", possible.stream().map(Keyword::of).toList())));
    }
    return asked.orElse(possible.get(0));
  }
}
