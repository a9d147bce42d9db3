package org.sparkgen.training;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One line of {@code metrics.jsonl}.
 *
 * <p>Seconds. A name without a dot is wall time of the driver, and no two of these overlap, except
 * {@code round}, which is the whole time since the line before (of the first line: since training
 * began). What {@code round} has beyond the sum of the others is not accounted for.
 *
 * <ul>
 *   <li>{@code broadcast}: handing the weights to Spark
 *   <li>{@code train}: until the last shard has trained and written its slices
 *   <li>{@code combine}: fetching and adding slices, dividing, fetching the mean
 *   <li>{@code outer}: the outer optimizer's step and the moving average of the weights
 *   <li>{@code digest}: SHA-256 of the weights
 *   <li>{@code evaluate}, {@code samples}: metrics of held-out examples and of samples, and the
 *       sample grid, where due
 *   <li>{@code checkpoint}: where due; of it {@code checkpoint.digest} (of files and state), {@code
 *       checkpoint.write}, {@code checkpoint.verify} (reading back), {@code checkpoint.manifest}
 *       (publishing) and {@code checkpoint.prune}
 *   <li>{@code metrics}, {@code report}: writing the line of the round before, and telling of it:
 *       the log, the report if it was due then, dashboards
 * </ul>
 *
 * <p>{@code task.} begins the names of what tasks did, added up over all shards: {@code task.fetch}
 * (the weights), {@code task.prepare} (networks, order of the examples), {@code task.load} (weights
 * into the networks), {@code task.feed} (assembling batches), {@code task.step} (learning), {@code
 * task.save} (weights out of the networks), {@code task.send} (cutting, serializing and writing
 * slices).
 *
 * @param round rounds finished, from 1
 * @param epoch epochs finished or begun, from 1
 * @param examples examples trained on in this round, over all shards
 * @param losses loss name to mean per example, over all shards, weighted by examples; held-out
 *     metrics have names beginning with {@code heldOut.}
 * @param imagesPerSecond examples divided by the wall time of the round's training
 * @param seconds phase to seconds; see above
 * @param weightsSha256 digest of the weights that the next round starts from
 */
public record RoundMetrics(
    int round,
    int epoch,
    long examples,
    Map<String, Double> losses,
    double imagesPerSecond,
    Map<String, Double> seconds,
    String weightsSha256) {
  /** Wall seconds from one line to the next. */
  public static final String ROUND = "round";

  /** Begins the names of seconds inside tasks. */
  public static final String TASK = "task.";

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
