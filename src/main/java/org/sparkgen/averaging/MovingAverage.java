package org.sparkgen.averaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An exponential moving average of all parameters over rounds, in which a round's weights count
 * half after a number of examples, however many examples a round has.
 *
 * <p>With {@code d = 0.5^(examples of the round / half-life)} it is {@code d * average + (1 - d) *
 * weights}, and the first round's weights as they are, so that nothing pulls it towards initial
 * weights. Statistics of batch normalisation are averaged with the rest: between two variances lies
 * a variance. Computed in double precision, kept in single, where it stands still once a round
 * moves it by less than half a unit in the last place: beyond half-lives of 1e8, rounds of few
 * examples do so.
 */
public final class MovingAverage {
  private final double halfLife;

  /**
   * An average.
   *
   * @param halfLife in examples; 0: there is no average
   */
  public MovingAverage(double halfLife) {
    this.halfLife = halfLife;
  }

  /**
   * The average after a round; empty if there is none.
   *
   * @param average before the round; empty before the first one
   * @param weights after the round
   * @param examples that the round trained on
   */
  Optional<Snapshot> after(Optional<Snapshot> average, Snapshot weights, long examples) {
    Shapes.requireCount(examples);
    if (halfLife == 0) {
      return Optional.empty();
    }
    double decay = Math.pow(0.5, examples / halfLife);
    Map<String, NetState> nets = new HashMap<>();
    weights
        .nets()
        .forEach(
            (name, state) -> {
              float[] next = state.parameters().clone();
              average.ifPresent(before -> pull(next, before.nets().get(name).parameters(), decay));
              nets.put(name, NetState.ofParameters(next, state.iteration()));
            });
    return Optional.of(new Snapshot(nets));
  }

  private static void pull(float[] weights, float[] average, double decay) {
    Shapes.requireLength(average.length, weights.length);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (decay * average[i] + (1 - decay) * weights[i]);
    }
  }
}
