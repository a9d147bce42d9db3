package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis whose ends and ticks are round numbers: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low value of the first tick
 * @param step distance of two ticks
 * @param steps number of distances, at least 1
 */
record Axis(double low, double step, int steps) {
  private static final double SMALLEST_RELATIVE_SPAN = 1e-9;

  /**
   * The axis from a round number at or below {@code minimum} to one at or above {@code maximum}.
   */
  static Axis around(double minimum, double maximum, int aboutSteps) {
    double span = maximum - minimum;
    if (span <= SMALLEST_RELATIVE_SPAN * Math.max(Math.abs(minimum), Math.abs(maximum))) {
      double half = minimum == 0 ? 1 : Math.abs(minimum) / 10;
      return around(minimum - half, minimum + half, aboutSteps);
    }
    double step = niceStep(span / aboutSteps);
    double low = Math.floor(minimum / step + SMALLEST_RELATIVE_SPAN) * step;
    int steps = (int) Math.ceil((maximum - low) / step - SMALLEST_RELATIVE_SPAN);
    return new Axis(low, step, Math.max(1, steps));
  }

  /** Whole numbers between {@code first} and {@code last} at which an axis of rounds has ticks. */
  static List<Integer> wholeTicks(int first, int last, int aboutSteps) {
    int step = (int) Math.max(1, Math.round(niceStep((double) (last - first) / aboutSteps)));
    List<Integer> ticks = new ArrayList<>();
    for (int tick = -Math.floorDiv(-first, step) * step; tick <= last; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** Value of the last tick. */
  double high() {
    return tick(steps);
  }

  /** Value of a tick, 0 to {@code steps}. */
  double tick(int index) {
    return low + index * step;
  }

  /** A tick's value with as many decimals as tell it from its neighbours. */
  String label(int index) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + SMALLEST_RELATIVE_SPAN));
    double value = tick(index);
    return Format.decimals(Math.abs(value) < step / 2 ? 0 : value, decimals);
  }

  /** Where a value lies: 0 at the low end, 1 at the high end. */
  double position(double value) {
    return (value - low) / (high() - low);
  }

  private static double niceStep(double raw) {
    if (raw <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double digits = raw / power;
    double nice = digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10;
    return nice * power;
  }
}
