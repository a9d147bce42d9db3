package org.sparkgen.training;

import java.util.Map;
import java.util.Optional;
import org.sparkgen.averaging.MovingAverage;
import org.sparkgen.averaging.NonFinite;
import org.sparkgen.averaging.OuterOptimizer;
import org.sparkgen.averaging.StatisticsLayout;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.config.AveragingConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** What the driver makes of a round's mean: the outer optimizer's step and the moving average. */
public final class OuterStep {
  private final OuterOptimizer outer;
  private final MovingAverage average;

  /**
   * The step of a configuration.
   *
   * @param statistics network name to where its batch-norm statistics are
   */
  public OuterStep(AveragingConfig config, Map<String, StatisticsLayout> statistics) {
    outer =
        new OuterOptimizer(config.outer().learningRate(), config.outer().momentum(), statistics);
    average = new MovingAverage(config.emaHalfLife());
  }

  /**
   * The state after a round.
   *
   * @param before the state that the round started from
   * @param result of the round
   * @param task of the round
   * @throws JobException DIVERGED if the step leads to infinity
   */
  public TrainingState after(TrainingState before, RoundResult result, ShardTask task) {
    TrainingState after = before.after(result.snapshot(), result.examples(), outer, average);
    if (!outer.isPlain()) {
      requireFinite(after, task);
    }
    return after;
  }

  private static void requireFinite(TrainingState state, ShardTask task) {
    Optional<String> place = NonFinite.find(state.plain());
    if (place.isPresent()) {
      throw new JobException(
          ExitCode.DIVERGED,
          "round %d (epoch %d) diverged in the outer step: %s. Try a lower"
                  .formatted(task.round() + 1, task.epoch() + 1, place.get())
              + " training.averaging.outer.learningRate or momentum; the last checkpoint holds the"
              + " weights from before");
    }
  }
}
