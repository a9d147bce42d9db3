package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A scatter plot of latent vectors in a plane, coloured by class, as SVG that stands by itself.
 *
 * <p>Up to ten classes have colours that are far apart; of more, colours go round the circle of
 * hues, so that they are told apart for up to about twenty.
 */
public final class LatentMap {
  private static final String PAPER = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
  private static final int SIDE = 640;
  private static final int LEGEND = 150;
  private static final int SOME = 500;
  private static final int MANY = 1500;
  private static final int MARGIN = 16;
  private static final int LINE = 22;
  private static final int MOST_CLASSES = 27;
  private static final int NO_CLASS = -1;
  private static final List<String> FEW_COLOURS =
      List.of(
          "#1f6fb2", "#e07b1a", "#2f9e44", "#c92a2a", "#7048c8", "#8d5a2b", "#d6409f", "#5f6b76",
          "#a39a00", "#12a5b8");

  private final List<Point> points;
  private final List<String> classNames;
  private final String title;

  /**
   * A map to be drawn.
   *
   * @param points finite, at least one
   * @param classNames names of classes in the order of their numbers; a number beyond them is its
   *     own name
   * @param title what the plane is
   */
  public LatentMap(List<Point> points, List<String> classNames, String title) {
    this.points = List.copyOf(points);
    this.classNames = List.copyOf(classNames);
    this.title = title;
  }

  /**
   * A vector's place.
   *
   * @param label class number, below 0 for none
   */
  public record Point(double x, double y, int label) {}

  /** The picture as a file. */
  public String svg() {
    return svg("xmlns=\"http://www.w3.org/2000/svg\" ", PAPER);
  }

  /** The picture as a part of a page, on its background. */
  String inline() {
    return svg("", "");
  }

  private String svg(String namespace, String background) {
    List<Integer> labels =
        new ArrayList<>(new TreeSet<>(points.stream().map(Point::label).toList()));
    boolean legend = labels.size() > 1 || labels.get(0) > NO_CLASS;
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg %sviewBox=\"0 0 %d %d\" role=\"img\" "
                + "aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"14\">\n")
            .formatted(namespace, legend ? SIDE + LEGEND : SIDE, SIDE + LINE, Html.escape(title)));
    svg.append(background);
    for (int i = 0; i < labels.size(); i++) {
      dots(labels.get(i), colour(i, labels), svg);
    }
    for (int i = 0; i < labels.size() && legend; i++) {
      legend(i, labels, svg);
    }
    svg.append(
        "<text x=\"%d\" y=\"%d\" fill=\"#555\">%s</text>\n</svg>\n"
            .formatted(MARGIN, SIDE + LINE / 2, Html.escape(title)));
    return svg.toString();
  }

  /** One path of short strokes a class, which is much smaller than an element a point. */
  private void dots(int label, String colour, StringBuilder svg) {
    double[] x = bounds(points.stream().mapToDouble(Point::x).toArray());
    double[] y = bounds(points.stream().mapToDouble(Point::y).toArray());
    svg.append(
        "<path stroke=\"%s\" stroke-width=\"%d\" stroke-linecap=\"round\" stroke-opacity=\"0.6\" d=\""
            .formatted(colour, points.size() > MANY ? 4 : points.size() > SOME ? 6 : 8));
    for (Point point : points) {
      if (point.label() == label) {
        svg.append(
            String.format(
                Locale.ROOT, "M%.1f %.1fh0", place(point.x(), x), SIDE - place(point.y(), y)));
      }
    }
    svg.append("\"/>\n");
  }

  private static double[] bounds(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    // Equal values lie in the middle.
    return high > low ? new double[] {low, high - low} : new double[] {low - 0.5, 1};
  }

  private static double place(double value, double[] bounds) {
    return MARGIN + (value - bounds[0]) / bounds[1] * (SIDE - 2 * MARGIN);
  }

  private static String colour(int index, List<Integer> labels) {
    if (labels.get(index) == NO_CLASS) {
      return labels.size() == 1 ? "#2166ac" : "#999";
    }
    if (labels.size() <= FEW_COLOURS.size()) {
      return FEW_COLOURS.get(index);
    }
    int hue = 360 * index / labels.size();
    // Neighbours on the circle differ in lightness, too.
    return "hsl(%d 75%% %d%%)".formatted(hue, index % 2 == 0 ? 42 : 58);
  }

  private void legend(int index, List<Integer> labels, StringBuilder svg) {
    if (index > MOST_CLASSES) {
      return;
    }
    int label = labels.get(index);
    String name =
        index == MOST_CLASSES
            ? "..."
            : label == NO_CLASS
                ? "no class"
                : label < classNames.size() ? classNames.get(label) : Integer.toString(label);
    int y = MARGIN + index * LINE;
    svg.append(
        "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(
                SIDE + MARGIN,
                y,
                colour(index, labels),
                SIDE + 2 * MARGIN,
                y + 5,
                Html.escape(name)));
  }
}
