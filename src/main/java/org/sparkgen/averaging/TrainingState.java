package org.sparkgen.averaging;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All numbers that training goes on from: the weights with their optimizers' state, and what the
 * outer optimizer and the moving average remember. Not modifiable.
 */
public final class TrainingState {
  private static final String VELOCITY = ".velocity";
  private static final String AVERAGE = ".average";

  private final Snapshot plain;
  private final Optional<Snapshot> velocity;
  private final Optional<Snapshot> average;

  private TrainingState(Snapshot plain, Optional<Snapshot> velocity, Optional<Snapshot> average) {
    this.plain = plain;
    this.velocity = velocity;
    this.average = average;
  }

  /** The state before the first round. */
  public static TrainingState of(Snapshot fresh) {
    return new TrainingState(fresh, Optional.empty(), Optional.empty());
  }

  /**
   * The state after a round.
   *
   * @param mean of the round's shards
   * @param examples that they trained on
   * @param outer makes the weights from those before and the mean
   * @param moving averages the weights
   */
  public TrainingState after(
      Snapshot mean, long examples, OuterOptimizer outer, MovingAverage moving) {
    OuterOptimizer.Step step = outer.step(plain, mean, velocity);
    return new TrainingState(
        step.weights(), step.velocity(), moving.after(average, step.weights(), examples));
  }

  /** What the next round starts from. */
  public Snapshot plain() {
    return plain;
  }

  /**
   * The model as it is evaluated, sampled from and published: the moving average of the weights
   * where there is one, without optimizer state; else {@link #plain}.
   */
  public Snapshot published() {
    return average.orElse(plain);
  }

  /**
   * The whole state as one snapshot, for storage: beside network {@code generator} there may be
   * {@code generator.velocity} and {@code generator.average}.
   */
  public Snapshot stored() {
    Map<String, NetState> nets = new TreeMap<>(plain.nets());
    velocity.ifPresent(snapshot -> add(snapshot, VELOCITY, nets));
    average.ifPresent(snapshot -> add(snapshot, AVERAGE, nets));
    return nets.size() == plain.nets().size() ? plain : new Snapshot(nets);
  }

  private static void add(Snapshot snapshot, String suffix, Map<String, NetState> nets) {
    snapshot.nets().forEach((name, state) -> nets.put(name + suffix, state));
  }

  /** The state that was {@link #stored}. */
  public static TrainingState restored(Snapshot stored) {
    Map<String, NetState> plain = new TreeMap<>(stored.nets());
    Optional<Snapshot> velocity = taken(VELOCITY, plain);
    Optional<Snapshot> average = taken(AVERAGE, plain);
    return new TrainingState(new Snapshot(plain), velocity, average);
  }

  /** Takes the networks with a suffix out of the others; none at all is an empty result. */
  private static Optional<Snapshot> taken(String suffix, Map<String, NetState> nets) {
    Map<String, NetState> found = new TreeMap<>();
    nets.forEach(
        (name, state) -> {
          if (name.endsWith(suffix)) {
            found.put(name.substring(0, name.length() - suffix.length()), state);
          }
        });
    found.keySet().forEach(name -> nets.remove(name + suffix));
    return found.isEmpty() ? Optional.empty() : Optional.of(new Snapshot(found));
  }
}
