package org.sparkgen.ml;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.param.Param;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.CellKind;
import org.sparkgen.spark.ExampleOrigin;

/** The configuration of a training that an estimator's params describe. */
final class FitConfiguration {
  private static final String DEFAULTS =
      """
      run { name = spark-ml }
      model { family = vae }
      training { epochs = 20 }
      """;

  private static final String OF_ROWS = "model { likelihood = gaussian }\n";

  /** Of what nobody will look at. */
  private static final String OF_TEMPORARY = "output { samples = 0, gridEvery = 0 }\n";

  private static final String REMOVED = "null";

  private final TrainingParams<?> params;
  private final CellKind kind;

  FitConfiguration(TrainingParams<?> params, CellKind kind) {
    this.params = params;
    this.kind = kind;
  }

  /**
   * The configuration.
   *
   * @param features numbers per row, if rows are numbers
   * @param temporary output path where the params name none
   * @throws JobException USAGE, listing every problem
   */
  RunConfig with(int features, String temporary) {
    requireShape();
    Optional<String> kept = params.value(params.outputPath());
    String defaults =
        DEFAULTS + (kind.images() ? "" : OF_ROWS) + (kept.isPresent() ? "" : OF_TEMPORARY);
    List<String> overrides = new ArrayList<>(data(features));
    overrides.add("output.path=" + quoted(kept.orElse(temporary)));
    keys()
        .forEach((key, param) -> params.value(param).ifPresent(v -> overrides.add(key + "=" + v)));
    return ConfigParser.parse(
        params.value(params.config()).orElse(""), "config", defaults, overrides);
  }

  private void requireShape() {
    boolean known =
        !kind.images()
            || params.isDefined(params.config())
            || (params.isDefined(params.height()) && params.isDefined(params.width()));
    if (!known) {
      throw new JobException(
          ExitCode.USAGE,
          "inputCol = %s holds images: set height and width, and channels = 3 for colour, to which all of them are converted"
              .formatted(params.getInputCol()));
    }
  }

  /** What stands for the examples, which are not in files. */
  private List<String> data(int features) {
    List<String> settings = new ArrayList<>();
    settings.add("data.path=" + ExampleOrigin.DATA_FRAME);
    settings.add("data.format=parquet");
    settings.add("data.labels=" + REMOVED);
    settings.add("data.column=" + quoted(params.getInputCol()));
    settings.add(
        "data.labelColumn="
            + params.value(params.labelCol()).map(FitConfiguration::quoted).orElse(REMOVED));
    settings.add("data.heldOut=" + REMOVED);
    if (params.isDefined(params.validationIndicatorCol())) {
      settings.add("data.heldOut.path=" + ExampleOrigin.DATA_FRAME);
    }
    if (kind.images()) {
      settings.add("data.features=" + REMOVED);
    } else {
      settings.add("data.image=" + REMOVED);
      settings.add("data.features.count=" + features);
    }
    return settings;
  }

  private Map<String, Param<?>> keys() {
    Map<String, Param<?>> keys = new LinkedHashMap<>();
    keys.put("model.family", params.family());
    keys.put("model.latent", params.latent());
    keys.put("training.epochs", params.epochs());
    keys.put("training.batchSize", params.batchSize());
    keys.put("training.optimizer.learningRate", params.learningRate());
    keys.put("data.shards", params.shards());
    keys.put("run.seed", params.seed());
    keys.put("data.image.height", params.height());
    keys.put("data.image.width", params.width());
    keys.put("data.image.channels", params.channels());
    return keys;
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
