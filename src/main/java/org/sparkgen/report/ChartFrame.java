package org.sparkgen.report;

import java.util.List;
import java.util.Locale;

/**
 * Axes of a chart whose horizontal axis counts rounds, as SVG.
 *
 * @param vertical the vertical axis
 * @param first first round
 * @param last last round
 */
record ChartFrame(Axis vertical, int first, int last) {
  static final int WIDTH = 540;
  static final int HEIGHT = 206;
  static final int VERTICAL_STEPS = 4;

  private static final int LEFT = 52;
  private static final int RIGHT = 530;
  private static final int TOP = 18;
  private static final int BOTTOM = 180;
  private static final int HORIZONTAL_STEPS = 8;
  private static final int LABEL_DROP = 17;
  private static final int TEXT_RISE = 6;

  /** Horizontal place of a round (or of a place between two rounds). */
  double x(double round) {
    return first == last
        ? (LEFT + RIGHT) / 2.0
        : LEFT + (round - first) / (last - first) * (RIGHT - LEFT);
  }

  /** Vertical place of a value. */
  double y(double value) {
    return BOTTOM - vertical.position(value) * (BOTTOM - TOP);
  }

  /**
   * The start tag, grid lines, ticks and their labels; {@code label} is what screen readers say.
   */
  String open(String label) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, Html.escape(label)));
    for (int i = 0; i <= vertical.steps(); i++) {
      String y = place(y(vertical.tick(i)));
      svg.append(
          "<path class=\"%s\" d=\"M%d %sH%d\"/>"
              .formatted(i == 0 ? "axis" : "grid", LEFT, y, RIGHT));
      svg.append(
          "<text class=\"left\" x=\"%d\" y=\"%s\" dy=\"4\">%s</text>\n"
              .formatted(LEFT - 8, y, vertical.label(i)));
    }
    for (int round : Axis.wholeTicks(first, last, HORIZONTAL_STEPS)) {
      svg.append(
          "<text class=\"below\" x=\"%s\" y=\"%d\">%s</text>\n"
              .formatted(place(x(round)), BOTTOM + LABEL_DROP, Format.count(round)));
    }
    svg.append(
        "<text class=\"left\" x=\"%d\" y=\"%d\">round</text>\n"
            .formatted(LEFT - 18, BOTTOM + LABEL_DROP));
    return svg.toString();
  }

  /**
   * An invisible column over the whole height between two horizontal places: while the pointer is
   * on it, it shows, and so do the texts above the chart. Others read them as its title.
   */
  String hover(double from, double to, List<String> texts) {
    double left = Math.max(LEFT, from);
    double right = Math.min(RIGHT, to);
    return "<rect class=\"hover\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>"
            .formatted(
                place(left),
                TOP,
                place(right - left),
                BOTTOM - TOP,
                Html.escape(String.join("\n", texts)))
        + "<text class=\"value\" x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(RIGHT, TOP - TEXT_RISE, Html.escape(String.join(" · ", texts)));
  }

  /** The rectangle in which curves may be drawn, as a nested picture that cuts off the rest. */
  String openClip() {
    return "<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\">"
        .formatted(
            LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP + 1, LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP + 1);
  }

  /** A coordinate with one decimal. */
  static String place(double coordinate) {
    String text = String.format(Locale.ROOT, "%.1f", coordinate);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
