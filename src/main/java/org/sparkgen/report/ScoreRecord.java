package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.sparkgen.evaluation.ScoreSummary;
import org.sparkgen.evaluation.Separation;

/**
 * Anomaly scores of examples, as a file and as lines for a terminal.
 *
 * @param output the training's output folder
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of its weights
 * @param score which score it is, as on the command line
 * @param scores their distribution
 * @param reference the distribution of training examples' scores, if some were scored
 * @param strangest the highest scores
 * @param separation how the score tells foreign examples, if it is known which ones are
 */
public record ScoreRecord(
    String output,
    int round,
    String weightsSha256,
    String score,
    ScoreSummary scores,
    Optional<ScoreSummary> reference,
    List<Scored> strangest,
    Optional<Separation> separation) {
  public ScoreRecord {
    strangest = List.copyOf(strangest);
  }

  /**
   * An example's score.
   *
   * @param file its path below the root of the listing
   * @param index its place in the file
   * @param className its class's name, or number where classes have no names, if it has one
   * @param score the higher, the stranger
   * @param quantile the share of training examples with lower scores, if some were scored
   */
  public record Scored(
      String file,
      long index,
      Optional<String> className,
      double score,
      Optional<Double> quantile) {}

  /** Lines for a terminal, each with its line break. */
  public String text() {
    TextTable distributions =
        new TextTable()
            .row(score, "examples", "lowest", "5 %", "median", "95 %", "99 %", "highest");
    reference.ifPresent(r -> row("training examples", r, distributions));
    row("these examples", scores, distributions);
    TextTable list = new TextTable().row("strangest", "index", "class", "score", "quantile");
    strangest.forEach(
        each ->
            list.row(
                each.file(),
                Format.count(each.index()),
                each.className().orElse(""),
                Format.number(each.score()),
                each.quantile().map(q -> Format.decimals(q, 4)).orElse("")));
    String foreign =
        separation
            .map(
                s ->
                    "\nArea under the ROC curve: %s, of %s foreign examples against %s others.\n"
                        .formatted(
                            Format.decimals(s.area(), 4),
                            Format.count(s.foreign()),
                            Format.count(s.others())))
            .orElse("");
    return distributions.text() + "\n" + list.text() + foreign;
  }

  private static void row(String name, ScoreSummary summary, TextTable table) {
    String[] cells = new String[2 + ScoreSummary.SHARES.size()];
    cells[0] = name;
    cells[1] = Format.count(summary.count());
    for (int i = 2; i < cells.length; i++) {
      cells[i] = Format.number(summary.quantiles().get(i - 2));
    }
    table.row(cells);
  }

  /** The text of a JSON file. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("output", output);
    object.put("round", round);
    object.put("weightsSha256", weightsSha256);
    object.put("score", score);
    put(object.putObject("examples"), scores);
    reference.ifPresent(r -> put(object.putObject("trainingExamples"), r));
    separation.ifPresent(
        s -> {
          ObjectNode own = object.putObject("separation");
          Json.put(own, "rocAuc", s.area());
          own.put("foreign", s.foreign());
          own.put("others", s.others());
        });
    return Json.pretty(object);
  }

  private static void put(ObjectNode object, ScoreSummary summary) {
    object.put("count", summary.count());
    ArrayNode shares = object.putArray("shares");
    ScoreSummary.SHARES.forEach(shares::add);
    ArrayNode quantiles = object.putArray("quantiles");
    summary.quantiles().forEach(quantiles::add);
  }
}
