package org.sparkgen.job;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.EvaluationConfig;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.EvaluationRequest;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.evaluation.ModelMetrics;
import org.sparkgen.model.Evaluable;
import org.sparkgen.model.Trainable;
import org.sparkgen.spark.FeatureNet;
import org.sparkgen.spark.ModelEvaluation;
import org.sparkgen.storage.Storage;

/** The evaluations of a training: when they are due, and what they measure. */
final class RoundEvaluation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RoundEvaluation.class);

  private final int every;
  private final Optional<FeatureNet> features;
  private final Optional<ModelEvaluation> evaluation;

  private RoundEvaluation(
      int every, Optional<FeatureNet> features, Optional<ModelEvaluation> evaluation) {
    this.every = every;
    this.features = features;
    this.evaluation = evaluation;
  }

  /**
   * The evaluations that a configuration asks for. Trains the feature network if samples are to be
   * compared in one that is not there yet.
   */
  static RoundEvaluation open(
      RunConfig config, String configuration, Storage storage, TrainingData data, Trainable model) {
    EvaluationConfig settings = config.evaluation();
    Optional<FeatureNet> features =
        settings.samples() == 0
            ? Optional.empty()
            : Optional.of(new FeatureNets(storage, config).open(data));
    EvaluationRequest request =
        new EvaluationRequest(settings.importanceSamples(), settings.samples(), Integer.MAX_VALUE);
    ModelEvaluation evaluation =
        new ModelEvaluation(
            configuration, data.training(), data.heldOut(), data.heldOut(), request, features);
    if (settings.importanceSamples() > 0 && data.heldOut().isEmpty()) {
      LOG.warn(
          "evaluation.importanceSamples = {} has no effect in training: there are no data.heldOut to estimate log p(x) of; the command evaluate uses training examples",
          settings.importanceSamples());
    }
    boolean measurable =
        features.isPresent() || (model instanceof Evaluable && data.heldOut().isPresent());
    return new RoundEvaluation(
        settings.every(), features, measurable ? Optional.of(evaluation) : Optional.empty());
  }

  /**
   * Measures the model after a round, if that is due.
   *
   * @param published the model's weights as they would be published
   * @param round rounds finished
   * @param rounds of the whole run
   * @return metrics under their names in {@code metrics.jsonl}; empty if it is not due
   */
  Map<String, Double> after(Snapshot published, int round, int rounds) {
    boolean due = round == rounds || (every > 0 && round % every == 0);
    if (!due || evaluation.isEmpty()) {
      return Map.of();
    }
    ModelMetrics metrics = evaluation.get().run(published, "round " + round);
    Map<String, Double> named = new TreeMap<>();
    metrics.values().forEach((name, value) -> named.put(MetricNames.HELD_OUT + name, value));
    return named;
  }

  /**
   * Does now what every measurement needs, so that a training that could not be measured does not
   * begin.
   */
  void prepare() {
    evaluation.ifPresent(ModelEvaluation::prepare);
  }

  /** The network in whose features samples are compared; empty if they are not. */
  Optional<FeatureFacts> features() {
    return features.map(FeatureNet::facts);
  }

  @Override
  public void close() {
    evaluation.ifPresent(ModelEvaluation::close);
  }
}
