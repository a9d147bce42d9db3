package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.config.JobException;
import org.sparkgen.training.RoundMetrics;

/**
 * The text of {@code metrics.jsonl}: one JSON object a line and round, always with the same fields
 * in the same order. NaN and infinity are written as {@code null} and read as NaN.
 */
public final class MetricsLog {
  private static final String NAME = "metrics.jsonl";

  private MetricsLog() {}

  /** A round as one line, without a line break. */
  public static String line(RoundMetrics metrics) {
    ObjectNode object = Json.object();
    object.put("round", metrics.round());
    object.put("epoch", metrics.epoch());
    object.put("examples", metrics.examples());
    Json.putNumbers(object, "losses", metrics.losses());
    Json.put(object, "imagesPerSecond", metrics.imagesPerSecond());
    Json.putNumbers(object, "seconds", metrics.seconds());
    object.put("weightsSha256", metrics.weightsSha256());
    return Json.line(object);
  }

  /** All rounds, each line with its line break. */
  public static String text(List<RoundMetrics> rounds) {
    StringBuilder text = new StringBuilder();
    rounds.forEach(round -> text.append(line(round)).append('\n'));
    return text.toString();
  }

  /**
   * Reads one line.
   *
   * @throws JobException (storage) naming the field that is wrong
   */
  public static RoundMetrics parseLine(String line) {
    return parseLine(line, NAME);
  }

  /**
   * Reads a whole file. Rounds come out in ascending order; where a resumed run wrote a round
   * twice, the later line counts. A last line that was cut off while it was written (it has no line
   * break) is left out; any other unreadable line is an error.
   *
   * @throws JobException (storage) naming line and field
   */
  public static List<RoundMetrics> parse(String text) {
    Map<Integer, RoundMetrics> rounds = new TreeMap<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        try {
          RoundMetrics round = parseLine(line, NAME + ", line " + number);
          rounds.put(round.round(), round);
        } catch (JobException e) {
          if (!cutOff(text, line)) {
            throw e;
          }
        }
      }
    }
    return List.copyOf(rounds.values());
  }

  private static boolean cutOff(String text, String line) {
    return text.endsWith(line);
  }

  private static RoundMetrics parseLine(String line, String where) {
    Json object = Json.parse(line, where);
    return new RoundMetrics(
        object.integer("round"),
        object.integer("epoch"),
        object.wholeNumber("examples"),
        object.numbers("losses"),
        object.number("imagesPerSecond"),
        object.numbers("seconds"),
        object.text("weightsSha256"));
  }
}
