package org.sparkgen.training;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param round rounds finished, from 1
 * @param epoch epochs finished or begun, from 1
 * @param examples examples trained on in this round, over all shards
 * @param losses loss name to mean per example, over all shards, weighted by examples; held-out
 *     metrics have names beginning with {@code heldOut.}
 * @param imagesPerSecond examples divided by the wall time of the round's training
 * @param seconds phase to wall seconds: {@code train}, {@code combine}, {@code checkpoint}, {@code
 *     evaluate}, {@code samples}; and summed over tasks: {@code task.step}, {@code task.feed}, ...
 * @param weightsSha256 digest of the averaged weights
 */
public record RoundMetrics(
    int round,
    int epoch,
    long examples,
    Map<String, Double> losses,
    double imagesPerSecond,
    Map<String, Double> seconds,
    String weightsSha256) {

  /** The same with other timings. */
  public RoundMetrics withSeconds(Map<String, Double> other) {
    return new RoundMetrics(round, epoch, examples, losses, imagesPerSecond, other, weightsSha256);
  }

  /** The value of a loss, if this round has it. */
  public OptionalDouble loss(String name) {
    Double value = losses.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
