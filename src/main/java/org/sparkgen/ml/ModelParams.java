package org.sparkgen.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.Keyword;
import org.sparkgen.spark.UnreadableRows;

/** The params that the estimator and its model share. */
final class ModelParams implements Serializable {
  /** What handleInvalid is where nobody says. */
  static final String KEEP = Keyword.of(UnreadableRows.KEEP);

  /** What scoreSamples is where nobody says; as of the command score. */
  static final int SAMPLES = 16;

  private static final long serialVersionUID = 1L;
  private static final int FEWEST = 1;

  private final Identifiable parent;
  final Param<String> inputCol;
  final Param<String> labelCol;
  final Param<String> idCol;
  final Param<String> latentCol;
  final Param<String> reconstructionCol;
  final Param<String> scoreCol;
  final Param<String> score;
  final IntParam scoreSamples;
  final Param<String> handleInvalid;

  ModelParams(Identifiable parent) {
    this.parent = parent;
    this.inputCol =
        text(
            "inputCol",
            "column of examples: encoded pictures (binary), Spark's image struct, vectors, or arrays of numbers");
    this.labelCol =
        text("labelCol", "column of class numbers from 0, for models that are told the class");
    this.idCol =
        text(
            "idCol",
            "column of texts or whole numbers that are different in all rows; without it an example is known by its content");
    this.latentCol = text("latentCol", "column to be added: latent vectors");
    this.reconstructionCol =
        text(
            "reconstructionCol",
            "column to be added: what the model makes of the examples, as Spark's image struct or vectors");
    this.scoreCol =
        text("scoreCol", "column to be added: anomaly scores, higher for stranger rows");
    this.score =
        oneOf(
            "score",
            "kind of score; if not set, the first that the model can give",
            AnomalyScore.values());
    this.scoreSamples =
        new IntParam(
            parent,
            "scoreSamples",
            "latent samples per example for scores in nats, at least 1",
            ParamValidators.gtEq(FEWEST));
    this.handleInvalid =
        oneOf(
            "handleInvalid",
            "what becomes of rows that can't be used when columns are added; keep leaves nulls",
            UnreadableRows.values());
  }

  private Param<String> text(String name, String doc) {
    return new Param<>(parent, name, doc);
  }

  private Param<String> oneOf(String name, String doc, Enum<?>[] values) {
    List<String> words = Arrays.stream(values).map(Keyword::of).toList();
    return new Param<>(
        parent,
        name,
        "%s: one of %s".formatted(doc, String.join(", ", words)),
        ParamValidators.inArray(words));
  }
}
