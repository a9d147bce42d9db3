package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import org.sparkgen.report.PhaseTimes.Phase;
import org.sparkgen.training.RoundMetrics;

/**
 * Wall seconds of every round as stacked bars, one colour a phase, as inline SVG. Of long runs a
 * bar shows the mean of several neighbouring rounds.
 */
final class PhaseChart {
  private static final int MOST_BARS = 100;
  private static final int MOST_COLOURS = 6;
  private static final double BAR_SHARE = 0.8;
  private static final double WIDEST_BAR = 26;

  private final List<Bar> bars;
  private final List<String> phases;
  private final ChartFrame frame;
  private final double barWidth;

  private PhaseChart(List<Bar> bars, List<String> phases, ChartFrame frame, int roundsPerBar) {
    this.bars = bars;
    this.phases = phases;
    this.frame = frame;
    double perRound = frame.x(frame.last()) - frame.x(frame.first());
    double place = perRound * roundsPerBar / Math.max(1, frame.last() - frame.first());
    this.barWidth = bars.size() == 1 ? WIDEST_BAR : Math.min(WIDEST_BAR, place * BAR_SHARE);
  }

  /** Mean seconds of a round, over the rounds from first to last. */
  private record Bar(int first, int last, int rounds, PhaseTimes times) {
    double seconds(String phase) {
      return times.seconds(phase) / rounds;
    }

    double middle() {
      return (first + last) / 2.0;
    }

    String name() {
      return first == last
          ? "round " + Format.count(first)
          : "mean of rounds " + Format.count(first) + " to " + Format.count(last);
    }
  }

  /** The chart of at least one round; empty text if no round has a wall time. */
  static String of(List<RoundMetrics> rounds) {
    PhaseTimes all = PhaseTimes.wall(rounds);
    if (all.total() == 0) {
      return "";
    }
    int roundsPerBar = (rounds.size() + MOST_BARS - 1) / MOST_BARS;
    List<Bar> bars = new ArrayList<>();
    for (int from = 0; from < rounds.size(); from += roundsPerBar) {
      bars.add(bar(rounds.subList(from, Math.min(rounds.size(), from + roundsPerBar))));
    }
    double highest = bars.stream().mapToDouble(b -> b.times().total() / b.rounds()).max().orElse(1);
    Axis vertical = Axis.around(0, highest, ChartFrame.VERTICAL_STEPS);
    // Half a bar of room on either side.
    ChartFrame frame =
        new ChartFrame(
            vertical, rounds.get(0).round() - 1, rounds.get(rounds.size() - 1).round() + 1);
    return new PhaseChart(
            bars, all.phases().stream().map(Phase::name).toList(), frame, roundsPerBar)
        .html();
  }

  private static Bar bar(List<RoundMetrics> rounds) {
    return new Bar(
        rounds.get(0).round(),
        rounds.get(rounds.size() - 1).round(),
        rounds.size(),
        PhaseTimes.wall(rounds));
  }

  private String html() {
    Html html = new Html().open("figure", "chart").open("figcaption");
    html.element("b", "Seconds a round");
    for (int i = 0; i < Math.min(phases.size(), MOST_COLOURS); i++) {
      String name =
          String.join(
              ", ",
              i < MOST_COLOURS - 1 ? phases.subList(i, i + 1) : phases.subList(i, phases.size()));
      html.markup(
          " <span><i class=\"key phase%d\"></i>%s</span>".formatted(colour(i), Html.escape(name)));
    }
    html.close("figcaption").markup(frame.open("Seconds a round by phase"));
    bars.forEach(bar -> draw(bar, html));
    return html.close("svg").close("figure").toString();
  }

  private void draw(Bar bar, Html html) {
    double left = frame.x(bar.middle()) - barWidth / 2;
    double below = 0;
    List<String> texts = new ArrayList<>(List.of(bar.name()));
    for (int i = 0; i < phases.size(); i++) {
      double seconds = bar.seconds(phases.get(i));
      double top = frame.y(below + seconds);
      html.markup(
          "<rect class=\"phase%d\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
              .formatted(
                  colour(i),
                  ChartFrame.place(left),
                  ChartFrame.place(top),
                  ChartFrame.place(barWidth),
                  ChartFrame.place(frame.y(below) - top)));
      below += seconds;
      texts.add(phases.get(i) + " " + Format.seconds(seconds));
    }
    html.markup(frame.hover(left, left + barWidth, texts));
  }

  private static int colour(int phase) {
    return Math.min(phase, MOST_COLOURS - 1);
  }
}
