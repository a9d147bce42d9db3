package org.sparkgen.report;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.training.RoundMetrics;

/**
 * A round as dashboards show it. It follows from the run's beginning and its metrics alone, so that
 * a resumed run tells of its rounds what it told before.
 *
 * @param round rounds finished, from 1: the step of every curve
 * @param at when the round ended: the beginning of the run and the seconds of all its rounds; time
 *     in which the run was down doesn't count
 * @param values name to value: {@code loss/NAME}, {@code heldOut/NAME}, {@code progress/epoch},
 *     {@code progress/imagesSeen}, {@code progress/imagesPerSecond}
 */
public record RoundScalars(int round, Instant at, SortedMap<String, Double> values) {
  private static final String LOSS = "loss/";
  private static final String HELD_OUT = "heldOut/";
  private static final String PROGRESS = "progress/";
  private static final double NANOS = 1e9;

  /** The rounds of a run, one after the other. */
  public static final class Series {
    private Instant at;
    private long images;

    /** The series of a run that was begun at a time. */
    public Series(Instant begun) {
      at = begun;
    }

    /** The next round; all before it have been here. */
    public RoundScalars next(RoundMetrics round) {
      double seconds = round.seconds().getOrDefault(RoundMetrics.ROUND, 0.0);
      at = at.plusNanos((long) (Double.isFinite(seconds) ? seconds * NANOS : 0));
      images += round.examples();
      return new RoundScalars(round.round(), at, values(round, images));
    }
  }

  private static SortedMap<String, Double> values(RoundMetrics round, long images) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Map.Entry<String, Double> loss : round.losses().entrySet()) {
      values.put(name(loss.getKey()), loss.getValue());
    }
    values.put(PROGRESS + "epoch", (double) round.epoch());
    values.put(PROGRESS + "imagesSeen", (double) images);
    values.put(PROGRESS + "imagesPerSecond", round.imagesPerSecond());
    return values;
  }

  private static String name(String loss) {
    return loss.startsWith(MetricNames.HELD_OUT)
        ? HELD_OUT + loss.substring(MetricNames.HELD_OUT.length())
        : LOSS + loss;
  }
}
