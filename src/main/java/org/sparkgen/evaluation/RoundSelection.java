package org.sparkgen.evaluation;

import java.util.List;
import java.util.Optional;
import org.sparkgen.config.EvaluationConfig;
import org.sparkgen.config.EvaluationConfig.Selection;
import org.sparkgen.config.Keyword;
import org.sparkgen.training.RoundMetrics;

/**
 * Which round of a run is the best, and whether later ones still get better: functions of the
 * metrics so far and of nothing else, so that a resumed run decides as one that was never killed.
 */
public final class RoundSelection {
  private final EvaluationConfig config;

  /** The choice that a configuration asks for. */
  public RoundSelection(EvaluationConfig config) {
    this.config = config;
  }

  /**
   * The best round so far, of equal ones the first.
   *
   * @param rounds metrics in ascending order of rounds
   * @return empty if the last round is to be published, or none was evaluated yet
   */
  public Optional<BestRound> best(List<RoundMetrics> rounds) {
    if (config.select() == Selection.LAST) {
      return Optional.empty();
    }
    Optional<BestRound> best = Optional.empty();
    for (RoundMetrics round : rounds) {
      double value = value(round);
      if (!Double.isNaN(value) && (best.isEmpty() || isBetter(value, best.get().value()))) {
        best = Optional.of(new BestRound(round.round(), metric(), value));
      }
    }
    return best;
  }

  /**
   * Why training stops before its last epoch: as many evaluations as {@code evaluation.patience}
   * says have not been better than the best before them.
   *
   * @return one sentence; empty if training goes on
   */
  public Optional<String> stop(List<RoundMetrics> rounds) {
    Optional<BestRound> best = best(rounds);
    if (config.patience() == 0 || best.isEmpty()) {
      return Optional.empty();
    }
    long since =
        rounds.stream()
            .filter(round -> round.round() > best.get().round() && !Double.isNaN(value(round)))
            .count();
    return since < config.patience()
        ? Optional.empty()
        : Optional.of(
            "Training stopped after round %d: %s has not improved in %d evaluations since round %d."
                .formatted(
                    rounds.get(rounds.size() - 1).round(),
                    Keyword.of(config.select()),
                    since,
                    best.get().round()));
  }

  private double value(RoundMetrics round) {
    return round.loss(MetricNames.HELD_OUT + metric()).orElse(Double.NaN);
  }

  private boolean isBetter(double value, double than) {
    return switch (config.select()) {
      case LAST, LOSS, NEGATIVE_ELBO, FRECHET_DISTANCE -> value < than;
      case LOG_LIKELIHOOD -> value > than;
    };
  }

  private String metric() {
    return switch (config.select()) {
      case LAST, LOSS -> MetricNames.LOSS;
      case NEGATIVE_ELBO -> MetricNames.NEGATIVE_ELBO;
      case LOG_LIKELIHOOD -> MetricNames.LOG_LIKELIHOOD;
      case FRECHET_DISTANCE -> MetricNames.FRECHET_DISTANCE;
    };
  }
}
