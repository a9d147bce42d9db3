package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sparkgen.evaluation.LogLikelihood;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.evaluation.ModelMetrics;
import org.sparkgen.evaluation.SetComparison;

/**
 * What a model came to, as a file and as lines for a terminal. Every number is given with the
 * counts of examples behind it.
 *
 * @param output the training's output folder
 * @param round rounds that the model had been trained for
 * @param weightsSha256 digest of its weights
 * @param measuredOn which real examples were used: {@code held-out} or {@code training} ones
 * @param metrics what was measured
 */
public record EvaluationRecord(
    String output, int round, String weightsSha256, String measuredOn, ModelMetrics metrics) {

  /** Lines for a terminal, each with its line break. */
  public String table() {
    return new EvaluationTable(this).text();
  }

  /** The text of a JSON file. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("output", output);
    object.put("round", round);
    object.put("weightsSha256", weightsSha256);
    object.put("measuredOn", measuredOn);
    object.put("examples", metrics.examples());
    Json.putNumbers(object, "losses", metrics.losses());
    metrics.logLikelihood().ifPresent(l -> put(l, object));
    metrics
        .activeUnits()
        .ifPresent(
            units -> {
              ObjectNode own = object.putObject(MetricNames.ACTIVE_UNITS);
              own.put("value", units.value());
              own.put("latents", units.latents());
              own.put("examples", units.examples());
            });
    metrics.samples().ifPresent(s -> object.set("samples", comparison(s)));
    metrics.floor().ifPresent(s -> object.set("floor", comparison(s)));
    metrics
        .classAgreement()
        .ifPresent(
            agreement -> {
              ObjectNode own = object.putObject(MetricNames.CLASS_AGREEMENT);
              own.put("value", agreement.value());
              own.put("standardError", agreement.standardError());
              own.put("samples", agreement.examples());
            });
    metrics.features().ifPresent(facts -> object.set("features", FeatureJson.of(facts)));
    return Json.pretty(object);
  }

  private static void put(LogLikelihood likelihood, ObjectNode object) {
    ObjectNode own = object.putObject(MetricNames.LOG_LIKELIHOOD);
    Json.put(own, "value", likelihood.value());
    Json.put(own, "standardError", likelihood.standardError());
    own.put("examples", likelihood.examples());
    own.put("importanceSamples", likelihood.samples());
  }

  private static ObjectNode comparison(SetComparison sets) {
    ObjectNode object = Json.object();
    ObjectNode frechet = object.putObject(MetricNames.FRECHET_DISTANCE);
    Json.put(frechet, "value", sets.frechet().value());
    counts(frechet, sets.frechet().real(), sets.frechet().generated());
    ObjectNode kernel = object.putObject(MetricNames.KERNEL_DISTANCE);
    Json.put(kernel, "value", sets.kernel().value());
    Json.put(kernel, "standardError", sets.kernel().standardError());
    counts(kernel, sets.kernel().real(), sets.kernel().generated());
    kernel.put("blockSize", sets.kernel().blockSize());
    ObjectNode manifold = object.putObject("manifold");
    for (String name : shares()) {
      Json.put(manifold, name, share(name, sets));
    }
    counts(manifold, sets.manifold().real(), sets.manifold().generated());
    manifold.put("neighbours", sets.manifold().neighbours());
    return object;
  }

  private static void counts(ObjectNode object, long real, long compared) {
    object.put("real", real);
    object.put("compared", compared);
  }

  /** The names of the shares that a comparison has. */
  static List<String> shares() {
    return List.of(
        MetricNames.PRECISION, MetricNames.RECALL, MetricNames.DENSITY, MetricNames.COVERAGE);
  }

  /** A share by its name. */
  static double share(String name, SetComparison sets) {
    return switch (name) {
      case MetricNames.PRECISION -> sets.manifold().precision();
      case MetricNames.RECALL -> sets.manifold().recall();
      case MetricNames.DENSITY -> sets.manifold().density();
      case MetricNames.COVERAGE -> sets.manifold().coverage();
      default -> throw new IllegalArgumentException("no share is called " + name);
    };
  }
}
