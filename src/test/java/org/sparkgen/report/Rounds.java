package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.sparkgen.training.RoundMetrics;

/** Metrics for tests. */
final class Rounds {
  private Rounds() {}

  /** Rounds 1 to {@code count} with one loss. */
  static List<RoundMetrics> of(int count, String loss, IntToDoubleFunction value) {
    return of(count, round -> Map.of(loss, value.applyAsDouble(round)));
  }

  /** Rounds 1 to {@code count}. */
  static List<RoundMetrics> of(int count, IntFunction<Map<String, Double>> losses) {
    List<RoundMetrics> rounds = new ArrayList<>();
    for (int round = 1; round <= count; round++) {
      rounds.add(of(round, losses.apply(round), 10_000));
    }
    return rounds;
  }

  /** Rounds with the given images per second. */
  static List<RoundMetrics> ofSpeeds(double... speeds) {
    List<RoundMetrics> rounds = new ArrayList<>();
    for (double speed : speeds) {
      rounds.add(of(rounds.size() + 1, Map.of(), speed));
    }
    return rounds;
  }

  private static RoundMetrics of(int round, Map<String, Double> losses, double speed) {
    return new RoundMetrics(
        round, round, 5_000, losses, speed, Map.of("train", 4.8, "combine", 0.1), "ab");
  }
}
