package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.PhaseTimes.Phase;
import org.sparkgen.training.RoundMetrics;

/** The words of progress: pure functions from metrics to one line of text. */
final class ProgressLine {
  private static final double WORTH_A_WORD = 0.02;
  private static final int BAR_WIDTH = 30;
  private static final int NUMBER_WIDTH = 7;
  private static final int SPEED_WIDTH = 9;
  private static final int ROUNDS_FOR_ESTIMATE = 10;

  private ProgressLine() {}

  /**
   * A finished round, with the phases that took 2 % of it or more. Lines of one run have their
   * columns below each other.
   *
   * @param metrics the round
   * @param rounds rounds of the whole run
   * @param secondsLeft estimated time to the end of the last round; NaN if unknown
   */
  static String of(RoundMetrics metrics, int rounds, double secondsLeft) {
    List<String> parts = new ArrayList<>();
    parts.add("round " + right(metrics.round(), rounds) + "/" + rounds);
    parts.add("epoch " + right(metrics.epoch(), rounds));
    for (String name : Losses.names(List.of(metrics))) {
      String label = Losses.label(name);
      metrics.loss(name).ifPresent(value -> parts.add(label + " " + padded(value)));
      metrics
          .loss(MetricNames.HELD_OUT + name)
          .ifPresent(value -> parts.add("held-out " + label + " " + padded(value)));
    }
    parts.add(
        right(Format.count(Math.round(metrics.imagesPerSecond())), SPEED_WIDTH) + " images/s");
    PhaseTimes times = PhaseTimes.wall(List.of(metrics));
    for (Phase phase : times.phases()) {
      if (phase.seconds() >= WORTH_A_WORD * times.total()) {
        parts.add(phase.name() + " " + Format.seconds(phase.seconds()));
      }
    }
    parts.add(metrics.round() >= rounds ? "done" : "left " + Format.seconds(secondsLeft));
    return String.join("  ", parts);
  }

  /** Mean wall seconds of the last ten rounds, times the rounds to come; NaN before the first. */
  static double secondsLeft(List<RoundMetrics> done, int rounds) {
    if (done.isEmpty()) {
      return Double.NaN;
    }
    int from = Math.max(0, done.size() - ROUNDS_FOR_ESTIMATE);
    List<RoundMetrics> recent = done.subList(from, done.size());
    int toCome = Math.max(0, rounds - done.get(done.size() - 1).round());
    return PhaseTimes.wall(recent).total() / recent.size() * toCome;
  }

  /**
   * A bar for a terminal.
   *
   * @param round rounds finished
   * @param share share of the running round that is done, 0 to 1
   * @param rounds rounds of the whole run
   * @param secondsLeft estimated time to the end; NaN if unknown
   */
  static String bar(int round, double share, int rounds, double secondsLeft) {
    double done = Math.min(1, (round + share) / rounds);
    int full = (int) Math.floor(done * BAR_WIDTH);
    String left = Double.isNaN(secondsLeft) ? "" : "  left " + Format.seconds(secondsLeft);
    return "[%s%s] %3d %%  round %d/%d%s"
        .formatted(
            "#".repeat(full),
            ".".repeat(BAR_WIDTH - full),
            (int) Math.floor(100 * done),
            Math.min(rounds, round + 1),
            rounds,
            left);
  }

  private static String padded(double value) {
    return right(Format.number(value), NUMBER_WIDTH);
  }

  private static String right(int number, int largest) {
    return right(Integer.toString(number), Integer.toString(largest).length());
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
