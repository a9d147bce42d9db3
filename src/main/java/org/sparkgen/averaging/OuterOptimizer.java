package org.sparkgen.averaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The step from the weights that a round began with towards the mean of its shards: gradient
 * descent with Nesterov momentum, where the gradient is what they differ by (Douillard et al. 2023,
 * "DiLoCo"; the momentum as Sutskever et al. 2013).
 *
 * <pre>
 * delta    = start - mean
 * velocity = momentum * velocity + delta
 * weights  = start - learningRate * (delta + momentum * velocity)
 * </pre>
 *
 * <p>Computed in double precision, kept in single. Only weights are stepped: statistics of batch
 * normalisation, whose variances must not be extrapolated, optimizer state and counters are the
 * mean's.
 */
public final class OuterOptimizer {
  private final double learningRate;
  private final double momentum;
  private final Map<String, StatisticsLayout> statistics;

  /**
   * An optimizer; rate 1 without momentum takes the mean itself, bit for bit.
   *
   * @param learningRate share of the difference that is stepped, above 0
   * @param momentum share of earlier differences that is kept, at least 0 and below 1
   * @param statistics network name to where its batch-norm statistics are; networks that are not
   *     named have none
   */
  public OuterOptimizer(
      double learningRate, double momentum, Map<String, StatisticsLayout> statistics) {
    this.learningRate = learningRate;
    this.momentum = momentum;
    this.statistics = Map.copyOf(statistics);
  }

  /** Whether a step is the mean itself. */
  public boolean isPlain() {
    return learningRate == 1 && momentum == 0;
  }

  /**
   * What a step came to.
   *
   * @param weights the stepped weights, with the mean's statistics, optimizer state and counters
   * @param velocity what the next step needs; empty without momentum
   */
  record Step(Snapshot weights, Optional<Snapshot> velocity) {}

  /**
   * One step; changes none of its arguments.
   *
   * @param start what the round began with
   * @param mean of its shards, of the same shape
   * @param velocity of the step before; empty: zeros
   */
  Step step(Snapshot start, Snapshot mean, Optional<Snapshot> velocity) {
    if (isPlain()) {
      return new Step(mean, Optional.empty());
    }
    Map<String, NetState> weights = new HashMap<>();
    Map<String, NetState> velocities = new HashMap<>();
    mean.nets()
        .forEach(
            (name, to) -> {
              float[] from = start.nets().get(name).parameters();
              float[] kept =
                  velocity
                      .map(before -> before.nets().get(name).parameters().clone())
                      .orElseGet(() -> new float[from.length]);
              float[] stepped = step(from, to.parameters(), kept);
              StatisticsLayout layout = statistics.getOrDefault(name, StatisticsLayout.NONE);
              layout.copy(to.parameters(), stepped);
              layout.clear(kept);
              weights.put(name, new NetState(stepped, to.updater(), to.iteration()));
              velocities.put(name, NetState.ofParameters(kept, 0));
            });
    return new Step(
        new Snapshot(weights),
        momentum == 0 ? Optional.empty() : Optional.of(new Snapshot(velocities)));
  }

  /** The stepped weights; the velocity is updated in place. */
  private float[] step(float[] from, float[] to, float[] velocity) {
    Shapes.requireLength(from.length, to.length);
    Shapes.requireLength(from.length, velocity.length);
    float[] stepped = new float[from.length];
    for (int i = 0; i < stepped.length; i++) {
      double delta = (double) from[i] - to[i];
      double moved = momentum * velocity[i] + delta;
      stepped[i] = (float) (from[i] - learningRate * (delta + momentum * moved));
      velocity[i] = (float) moved;
    }
    return stepped;
  }
}
