package org.sparkgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparkgen.report.Losses.Point;

/**
 * Curves over the rounds as inline SVG with a heading and, for several curves, a legend. Long
 * curves are thinned to about 400 points.
 */
final class LineChart {
  private static final int MOST_POINTS = 400;
  private static final int MOST_HOVERS = 120;
  private static final int MOST_DOTS = 40;
  private static final int DOT_RADIUS = 2;
  private static final int MARK_RADIUS = 5;
  private static final int FEWEST_TO_CUT = 12;
  private static final double COMMON = 0.95;
  private static final double OUTLYING = 3;
  private static final double HEADROOM = 0.15;

  private final Title title;
  private final List<Line> lines;
  private final ChartFrame frame;
  private final double highest;

  private LineChart(Title title, List<Line> lines, ChartFrame frame, double highest) {
    this.title = title;
    this.lines = lines;
    this.frame = frame;
    this.highest = highest;
  }

  /**
   * What a chart shows.
   *
   * @param name what its values are
   * @param unit of its values; empty if they have none
   * @param meaning a sentence on them; may be empty
   */
  record Title(String name, String unit, String meaning) {
    String vertical() {
      return unit.isEmpty() ? name : name + ", " + unit;
    }
  }

  /**
   * A curve.
   *
   * @param name its name in the legend
   * @param points in ascending order of rounds, finite
   * @param colour number of its colour, 0 to 3
   * @param look how they are drawn
   */
  record Line(String name, List<Point> points, int colour, Look look) {
    Line(String name, List<Point> points, int colour) {
      this(name, points, colour, Look.CURVE);
    }

    /** A mark on a curve. */
    static Line mark(String name, Point point, int colour) {
      return new Line(name, List.of(point), colour, Look.MARK);
    }
  }

  /** How points are drawn. */
  enum Look {
    /** Joined. */
    CURVE,
    /** Joined by dashes. */
    DASHES,
    /** Larger than those of curves. */
    MARK
  }

  /**
   * A chart that shows differences between values. Where a few values lie far above all others, as
   * first losses do, the axis ends below them and a note says so.
   *
   * @param lines at least one point together; the first line is drawn on top
   */
  static String ofLevels(Title title, List<Line> lines) {
    double[] values = sorted(lines);
    double lowest = values[0];
    double highest = values[values.length - 1];
    double common = values[(int) (COMMON * (values.length - 1))];
    boolean cut =
        values.length >= FEWEST_TO_CUT
            && highest - lowest > OUTLYING * (common - lowest)
            && common > lowest;
    double top = cut ? common + HEADROOM * (common - lowest) : highest;
    return chart(title, lines, Axis.around(lowest, top, ChartFrame.VERTICAL_STEPS));
  }

  /** A chart of amounts: its axis begins at zero. */
  static String ofAmounts(Title title, List<Line> lines) {
    double[] values = sorted(lines);
    double highest = values[values.length - 1];
    return chart(title, lines, Axis.around(0, highest, ChartFrame.VERTICAL_STEPS));
  }

  private static String chart(Title title, List<Line> lines, Axis vertical) {
    List<Line> drawn = lines.stream().filter(l -> !l.points().isEmpty()).toList();
    int first = points(drawn).mapToInt(Point::round).min().orElseThrow();
    int last = points(drawn).mapToInt(Point::round).max().orElseThrow();
    double highest = points(drawn).mapToDouble(Point::value).max().orElseThrow();
    return new LineChart(title, drawn, new ChartFrame(vertical, first, last), highest).html();
  }

  private String html() {
    Html html = new Html().open("figure", "chart").open("figcaption");
    html.element("b", title.name());
    if (!title.unit().isEmpty()) {
      html.element("span", title.unit());
    }
    for (int i = 0; i < lines.size(); i++) {
      html.markup(legend(i));
    }
    html.close("figcaption")
        .markup(frame.open(title.vertical() + " by round"))
        .markup(frame.openClip());
    for (int i = lines.size() - 1; i >= 0; i--) {
      html.markup(curve(i));
    }
    html.markup("</svg>\n");
    hovers(html);
    html.close("svg");
    if (!title.meaning().isEmpty()) {
      html.element("p", "small", title.meaning());
    }
    if (highest > frame.vertical().high()) {
      html.element("p", "small", "Off the scale: " + offScale() + ".");
    }
    return html.close("figure").toString();
  }

  private String legend(int index) {
    Line line = lines.get(index);
    String key = lines.size() == 1 ? "" : "<i class=\"key " + look(line) + "\"></i>";
    String name = lines.size() == 1 ? "" : Html.escape(line.name()) + " ";
    Point last = line.points().get(line.points().size() - 1);
    return " <span>" + key + name + "<em>" + Format.number(last.value()) + "</em></span>";
  }

  private static String look(Line line) {
    return "line" + line.colour() + (line.look() == Look.DASHES ? " dashes" : "");
  }

  private String offScale() {
    List<Point> above =
        points(lines)
            .filter(p -> p.value() > frame.vertical().high())
            .sorted(Comparator.comparingInt(Point::round))
            .toList();
    int from = above.get(0).round();
    int to = above.get(above.size() - 1).round();
    String rounds = from == to ? "round " + from : "rounds " + from + " to " + to;
    return "%s in %s, up to %s"
        .formatted(Format.count(above.size(), "value"), rounds, Format.number(highest));
  }

  private String curve(int index) {
    List<Point> points = lines.get(index).points();
    StringBuilder path = new StringBuilder();
    for (Point point : Thinning.curve(points, MOST_POINTS)) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(ChartFrame.place(frame.x(point.round())))
          .append(' ')
          .append(ChartFrame.place(frame.y(point.value())));
    }
    StringBuilder svg = new StringBuilder();
    svg.append("<path class=\"curve %s\" d=\"%s\"/>\n".formatted(look(lines.get(index)), path));
    if (points.size() <= MOST_DOTS) {
      int radius = lines.get(index).look() == Look.MARK ? MARK_RADIUS : DOT_RADIUS;
      for (Point point : points) {
        svg.append(
            "<circle class=\"%s\" r=\"%d\" cx=\"%s\" cy=\"%s\"/>"
                .formatted(
                    look(lines.get(index)),
                    radius,
                    ChartFrame.place(frame.x(point.round())),
                    ChartFrame.place(frame.y(point.value()))));
      }
    }
    return svg.toString();
  }

  private void hovers(Html html) {
    List<Integer> rounds =
        Thinning.evenly(points(lines).map(Point::round).distinct().sorted().toList(), MOST_HOVERS);
    for (int i = 0; i < rounds.size(); i++) {
      double x = frame.x(rounds.get(i));
      double from = i == 0 ? x - 4 : (x + frame.x(rounds.get(i - 1))) / 2;
      double to = i == rounds.size() - 1 ? x + 4 : (x + frame.x(rounds.get(i + 1))) / 2;
      html.markup(frame.hover(from, to, hoverTexts(rounds.get(i))));
    }
  }

  private List<String> hoverTexts(int round) {
    List<String> texts = new ArrayList<>();
    texts.add("round " + Format.count(round));
    for (Line line : lines) {
      line.points().stream()
          .filter(p -> p.round() == round)
          .forEach(p -> texts.add(line.name() + " " + Format.number(p.value())));
    }
    return texts;
  }

  private static double[] sorted(List<Line> lines) {
    return points(lines).mapToDouble(Point::value).sorted().toArray();
  }

  private static Stream<Point> points(List<Line> lines) {
    return lines.stream().flatMap(l -> l.points().stream());
  }
}
