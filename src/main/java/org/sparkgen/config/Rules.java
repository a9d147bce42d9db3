package org.sparkgen.config;

import com.typesafe.config.ConfigObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that no single key can break by its own type and range. */
final class Rules {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  private final RunConfig config;
  private final ConfigObject root;
  private final Problems problems;
  private final Set<String> broken;
  private final Map<String, String> values;

  /**
   * Rules about a configuration.
   *
   * @param config the configuration, with stand-ins for what could not be read
   * @param root what it was read from
   * @param problems what could not be read, and where this adds to
   */
  Rules(RunConfig config, ConfigObject root, Problems problems) {
    this.config = config;
    this.root = root;
    this.problems = problems;
    this.broken = problems.keys();
    this.values = ConfigText.unmasked(config);
  }

  /** Notes every rule that is broken, except those about keys that have a problem already. */
  void check() {
    require(
        config.run().name().matches(NAME),
        "must be 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit",
        "run.name");
    checkPaths();
    checkShapes();
    checkLabels();
    checkExcludedClasses();
    config
        .data()
        .features()
        .filter(features -> config.data().image().isEmpty())
        .ifPresent(this::checkFeatures);
    if (config.model().network().network() == NetworkConfig.Kind.CONV) {
      checkConvolutions();
    }
    new ModelRules(this, config).check();
    new TrainingRules(this, config).check();
    config.output().mlflow().ifPresent(mlflow -> new MlflowRules(this, mlflow).check());
  }

  private void checkPaths() {
    for (String key :
        List.of(
            "data.path",
            "data.labels",
            "data.heldOut.path",
            "data.heldOut.labels",
            "evaluation.features.path",
            "output.path")) {
      String path = values.getOrDefault(key, "absent");
      require(!path.isBlank(), "must not be empty", key);
      require(
          !Secrets.hasUserInfo(path),
          "must not hold credentials; set them for Spark (a credential provider, an instance role)",
          key);
    }
    String data = folder(config.data().path());
    require(
        data.isBlank() || !(folder(config.output().path()) + "/").startsWith(data + "/"),
        "must lie outside data.path, or results would become input",
        "output.path",
        "data.path");
    String features = folder(values.getOrDefault("evaluation.features.path", "")) + "/";
    require(
        data.isBlank() || !features.startsWith(data + "/"),
        "must lie outside data.path, or a classifier's results would become input",
        "evaluation.features.path",
        "data.path");
    require(
        !features.startsWith(folder(config.output().path()) + "/"),
        "must lie outside output.path: the classifier has an output of its own",
        "evaluation.features.path",
        "output.path");
  }

  private static String folder(String path) {
    return path.replaceAll("/+$", "");
  }

  private void checkShapes() {
    DataConfig data = config.data();
    boolean image = data.image().isPresent();
    require(
        image != data.features().isPresent(),
        image
            ? "must not be there beside data.image: examples are images or rows of features"
            : "must be there: either data.image { height, width } or data.features { count }",
        image ? "data.features" : "data.image",
        "data.image",
        "data.features");
    require(
        data.image().filter(shape -> shape.channels() == 2).isEmpty(),
        "must be 1 (grey), 3 (RGB) or 4 (RGB and alpha)",
        "data.image.channels");
    require(
        data.features().isPresent() || data.format() != DataFormat.CSV,
        "must come with data.features: a CSV file holds rows of numbers",
        "data.format",
        "data.features");
  }

  private void checkLabels() {
    DataConfig data = config.data();
    boolean idx = isIdx(data);
    String onlyIdx =
        "is for data.format = idx only; the other formats hold their labels themselves";
    require(data.labels().isEmpty() || idx, onlyIdx, "data.labels", "data.format");
    require(
        data.heldOut().flatMap(HeldOutConfig::labels).isEmpty() || idx,
        onlyIdx,
        "data.heldOut.labels",
        "data.format");
    require(
        data.labelColumn().isEmpty() || hasColumns(data.format()),
        "is for data.format = parquet or csv only",
        "data.labelColumn",
        "data.format");
  }

  private void checkExcludedClasses() {
    DataConfig data = config.data();
    String why = "must be there when data.excludedClasses names classes: labels tell them";
    require(
        data.excludedClasses().isEmpty() || data.labels().isPresent() || !isIdx(data),
        why,
        "data.labels",
        "data.format",
        "data.excludedClasses");
    require(
        data.excludedClasses().isEmpty()
            || data.labelColumn().isPresent()
            || !hasColumns(data.format()),
        why,
        "data.labelColumn",
        "data.format",
        "data.excludedClasses");
    require(
        data.excludedClasses().isEmpty()
            || !isIdx(data)
            || data.heldOut().map(other -> other.labels().isPresent()).orElse(true),
        why,
        "data.heldOut.labels",
        "data.heldOut",
        "data.heldOut.path",
        "data.format",
        "data.excludedClasses");
  }

  private static boolean isIdx(DataConfig data) {
    return data.format() == DataFormat.IDX;
  }

  private static boolean hasColumns(DataFormat format) {
    return format == DataFormat.PARQUET || format == DataFormat.CSV;
  }

  private void checkFeatures(FeaturesConfig features) {
    require(
        hasColumns(config.data().format()),
        "must be parquet or csv when data.features is there",
        "data.format",
        "data.features");
    require(
        config.model() instanceof AutoencoderConfig,
        "must be autoencoder, vae or beta-vae when data.features is there",
        "model.family",
        "data.features");
    require(
        config.model().network().network() == NetworkConfig.Kind.MLP,
        "must be mlp when data.features is there: rows of features have no height and width",
        "model.network",
        "data.features");
    require(
        !(config.model() instanceof AutoencoderConfig autoencoder)
            || autoencoder.likelihood() == Likelihood.GAUSSIAN
            || features.scaling() == FeaturesConfig.Scaling.UNIT,
        "must be gaussian, unless data.features.scaling = unit maps every number to [0, 1]",
        "model.likelihood",
        "model.family",
        "data.features",
        "data.features.scaling");
  }

  private void checkConvolutions() {
    NetworkConfig network = config.model().network();
    int excess = network.kernel() - network.stride();
    require(
        excess >= 0 && excess % 2 == 0,
        "must be model.stride (" + network.stride() + ") plus an even number, 0 or more",
        "model.kernel",
        "model.stride");
    require(
        !network.filters().isEmpty(),
        "must not be empty when model.network = conv",
        "model.filters",
        "model.network");
    double divisor = Math.pow(network.stride(), network.filters().size());
    String rule =
        "must be divisible by model.stride ^ number of model.filters (%d ^ %d = %.0f)"
            .formatted(network.stride(), network.filters().size(), divisor);
    config.data().image().ifPresent(image -> checkSides(image, divisor, rule));
  }

  private void checkSides(ImageConfig image, double divisor, String rule) {
    String[] network = {"model.network", "model.stride", "model.filters", "data.image"};
    require(image.height() % divisor == 0, rule, "data.image.height", network);
    require(image.width() % divisor == 0, rule, "data.image.width", network);
  }

  /** Notes a broken rule about a key, unless it or another key that it is about has a problem. */
  void require(boolean holds, String rule, String key, String... involved) {
    if (holds || isBroken(key) || Arrays.stream(involved).anyMatch(this::isBroken)) {
      return;
    }
    if (values.containsKey(key)) {
      problems.wrong(key, values.get(key), rule, problems.placeOf(root, key));
    } else {
      problems.broken(key, rule, root);
    }
  }

  /** As {@link #require}, for a key whose value may be a secret in the wrong place: hides it. */
  void requireHidden(boolean holds, String rule, String key) {
    if (!holds && !isBroken(key)) {
      problems.broken(key, rule, root);
    }
  }

  /** Whether a key or an element of its list could not be read. */
  private boolean isBroken(String key) {
    return broken.contains(key);
  }
}
