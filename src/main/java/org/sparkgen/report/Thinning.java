package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import org.sparkgen.report.Losses.Point;

/** Fewer points that still look the same. */
final class Thinning {
  private Thinning() {}

  /**
   * At most {@code most} points: the first, the last, and of every stretch between them the lowest
   * and the highest, in their order. A short spike of a long curve stays visible.
   *
   * @param points in ascending order of rounds
   * @param most at least 4
   */
  static List<Point> curve(List<Point> points, int most) {
    if (points.size() <= most) {
      return points;
    }
    int inner = points.size() - 2;
    int stretches = (most - 2) / 2;
    List<Point> kept = new ArrayList<>(most);
    kept.add(points.get(0));
    for (int i = 0; i < stretches; i++) {
      int from = 1 + (int) ((long) inner * i / stretches);
      int to = 1 + (int) ((long) inner * (i + 1) / stretches);
      addExtremes(points.subList(from, to), kept);
    }
    kept.add(points.get(points.size() - 1));
    return kept;
  }

  /** At most {@code most} elements at even distances; always the last, and the first if two fit. */
  static <T> List<T> evenly(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> kept = new ArrayList<>(most);
    for (int i = 1; i <= most; i++) {
      int index = most == 1 ? all.size() - 1 : Math.round((i - 1f) * (all.size() - 1) / (most - 1));
      kept.add(all.get(index));
    }
    return kept;
  }

  private static void addExtremes(List<Point> stretch, List<Point> kept) {
    Point lowest = stretch.get(0);
    Point highest = stretch.get(0);
    for (Point point : stretch) {
      lowest = point.value() < lowest.value() ? point : lowest;
      highest = point.value() > highest.value() ? point : highest;
    }
    kept.add(lowest.round() <= highest.round() ? lowest : highest);
    if (lowest.round() != highest.round()) {
      kept.add(lowest.round() < highest.round() ? highest : lowest);
    }
  }
}
