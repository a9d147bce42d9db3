package org.sparkgen.job;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One round as it was measured.
 *
 * @param epoch epochs before this one
 * @param examples examples trained on
 * @param wall seconds from the end of the round before (or from when data and weights were ready)
 *     to the end of this one, nothing left out
 * @param phases the driver's phases and their wall seconds; one with a dot is part of another
 * @param tasks what tasks did and for how long: seconds of all tasks together, divided by the
 *     number of cores
 * @param nativeBytes resident memory outside of the Java heap at the round's end, where known
 */
public record BenchRound(
    int epoch,
    long examples,
    double wall,
    Map<String, Double> phases,
    Map<String, Double> tasks,
    OptionalLong nativeBytes) {
  /** Copies the maps. */
  public BenchRound {
    phases = Collections.unmodifiableMap(new TreeMap<>(phases));
    tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
  }

  /** Examples by whole wall time. */
  public double imagesPerSecond() {
    return examples / wall;
  }

  /** The share of the cores' time that was not spent in training steps, 0 to 1. */
  public double outsideStepsShare() {
    return 1 - tasks.getOrDefault("step", 0.0) / wall;
  }

  /** Seconds of a core until its tasks had data, model and weights to begin steps with. */
  double secondsBeforeSteps() {
    return Stream.of("fetch", "prepare", "load")
        .mapToDouble(part -> tasks.getOrDefault(part, 0.0))
        .sum();
  }
}
