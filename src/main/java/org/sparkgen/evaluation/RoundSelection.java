package org.sparkgen.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
   * The best round so far among those whose metric is finite, of equal ones the first.
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
      OptionalDouble value = value(round);
      if (value.isPresent()
          && Double.isFinite(value.getAsDouble())
          && (best.isEmpty() || isBetter(value.getAsDouble(), best.get().value()))) {
        best = Optional.of(new BestRound(round.round(), metric(), value.getAsDouble()));
      }
    }
    return best;
  }

  /**
   * Why training stops before its last epoch: as many evaluations as {@code evaluation.patience}
   * says have not been better than the best before them. One that came to no finite number is not
   * better.
   *
   * @return one sentence; empty if training goes on
   */
  public Optional<String> stop(List<RoundMetrics> rounds) {
    if (config.patience() == 0) {
      return Optional.empty();
    }
    Optional<BestRound> best = best(rounds);
    int bestRound = best.map(BestRound::round).orElse(0);
    long since =
        rounds.stream()
            .filter(round -> round.round() > bestRound && value(round).isPresent())
            .count();
    if (since < config.patience()) {
      return Optional.empty();
    }
    int last = rounds.get(rounds.size() - 1).round();
    String selected = Keyword.of(config.select());
    return Optional.of(
        best.isPresent()
            ? "Training stopped after round %d: %s has not improved in %d evaluations since round %d."
                .formatted(last, selected, since, bestRound)
            : "Training stopped after round %d: %s was no finite number in any of %d evaluations."
                .formatted(last, selected, since));
  }

  private OptionalDouble value(RoundMetrics round) {
    return round.loss(MetricNames.HELD_OUT + metric());
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
