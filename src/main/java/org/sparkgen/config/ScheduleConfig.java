package org.sparkgen.config;

import java.util.List;

/**
 * How the step size changes during a run.
 *
 * @param kind its course after the warm-up
 * @param warmupEpochs epochs over which it rises linearly from 0
 * @param end linear and cosine: the share of the learning rate that is left at the end
 * @param milestones steps: epochs after which it is multiplied
 * @param factor steps: what it is multiplied with at each milestone
 */
public record ScheduleConfig(
    @Doc("Course of the step size after the warm-up.") @Default("constant") Kind kind,
    @Doc("Epochs over which the step size rises linearly from 0.")
        @Default("0")
        @Within(min = 0, max = 1_000_000)
        int warmupEpochs,
    @Doc("linear, cosine: the share of the learning rate that is left at the end.")
        @Default("0.0")
        @Within(min = 0, max = 1)
        double end,
    @Doc("steps: epochs after which the step size is multiplied by factor, in ascending order.")
        @Default("[]")
        @Within(min = 1, max = 1_000_000)
        List<Integer> milestones,
    @Doc("steps: what the step size is multiplied with at each milestone.")
        @Default("0.1")
        @Within(min = 1e-6, max = 1)
        double factor) {

  /** Courses. */
  public enum Kind {
    /** It stays. */
    CONSTANT,
    /** Falls linearly to {@code end}. */
    LINEAR,
    /** Falls along half a cosine to {@code end} (Loshchilov and Hutter 2017). */
    COSINE,
    /** Multiplied by {@code factor} at every milestone. */
    STEPS
  }
}
