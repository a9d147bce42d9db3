package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.EvaluationRequest;
import org.sparkgen.evaluation.ModelMetrics;
import org.sparkgen.model.Evaluable;
import org.sparkgen.report.EvaluationRecord;
import org.sparkgen.spark.ExampleShards;
import org.sparkgen.spark.FeatureNet;
import org.sparkgen.spark.ModelEvaluation;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RunModels;

/** Measures the model of a finished training, or of a running one's newest checkpoint. */
public final class EvaluateJob implements Job<EvaluateResult> {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateJob.class);
  private static final int SAMPLES = 10_000;

  private final Storage storage;
  private final EvaluateRequest request;

  /** A measurement on held-out examples; on training examples, if the run has no others. */
  public EvaluateJob(Storage storage, EvaluateRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Measures. Trains the feature network first, if samples are to be compared in one that is not
   * there yet.
   *
   * @throws JobException USAGE if the model's family can't do what is asked for, or nothing is
   *     asked for that it can; INPUT if there is no checkpoint, or the examples can't be read
   */
  @Override
  public EvaluateResult run() {
    PastRun run = PastRun.of(storage, request.output());
    RunConfig config = run.config(overrides());
    requireMetrics(config);
    if (config.evaluation().samples() > 0) {
      new FeatureNets(storage, config).check();
    }
    PastModel model = PastModel.of(storage, request.output(), run.config());
    try (SparkEnvironment spark =
            SparkEnvironment.open("sparkgen evaluate " + config.run().name());
        TrainingData data =
            TrainingData.load(spark.session(), config, PreprocessingFile.in(model.checkpoint()))) {
      warnOfOtherData(data, model);
      EvaluationRecord record =
          new EvaluationRecord(
              request.output(),
              model.checkpoint().round(),
              model.published().weightsSha256(),
              data.heldOut().isPresent() ? "held-out" : "training",
              metrics(config, data, model));
      request.to().ifPresent(file -> storage.publish(file, record.json()));
      return new EvaluateResult(
          record.output(), record.round(), record.weightsSha256(), record.table());
    }
  }

  /**
   * The request as settings, so that the rules of a configuration judge it. What was measured to
   * choose the best round need not be measured here.
   */
  private List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    overrides.add("evaluation.select=last");
    overrides.add("evaluation.patience=0");
    request
        .importanceSamples()
        .ifPresent(count -> overrides.add("evaluation.importanceSamples=" + count));
    request.features().ifPresent(path -> overrides.add("evaluation.features.path=" + path));
    if (request.samples().isPresent() || request.features().isPresent()) {
      overrides.add("evaluation.samples=" + request.samples().orElse(SAMPLES));
    }
    return overrides;
  }

  private static void warnOfOtherData(TrainingData data, PastModel model) {
    String now = data.training().fingerprint();
    if (!TrainingProgress.fingerprintIn(model.checkpoint()).orElse(now).equals(now)) {
      LOG.warn(
          "data.path holds other examples than those that this model was trained on: what is measured on or against them is not comparable with its metrics");
    }
  }

  private void requireMetrics(RunConfig config) {
    boolean losses = RunModels.borrow(ConfigText.render(config), Evaluable.class::isInstance);
    if (!losses && config.evaluation().samples() == 0) {
      throw new JobException(
          ExitCode.USAGE,
          "nothing to measure: model.family = %s has no losses on examples, and %s asks for no samples; add --features PATH, or --samples N where evaluation.features is configured"
              .formatted(Keyword.of(config.model().family()), request.output()));
    }
  }

  private ModelMetrics metrics(RunConfig config, TrainingData data, PastModel model) {
    Optional<FeatureNet> features =
        config.evaluation().samples() == 0
            ? Optional.empty()
            : Optional.of(new FeatureNets(storage, config).open(data));
    EvaluationRequest measures =
        new EvaluationRequest(
            config.evaluation().importanceSamples(),
            config.evaluation().samples(),
            request.limit().orElse(Integer.MAX_VALUE));
    ExampleShards measured = data.heldOut().orElse(data.training());
    try (ModelEvaluation evaluation =
        new ModelEvaluation(
            ConfigText.render(config),
            data.training(),
            data.heldOut(),
            Optional.of(measured),
            measures,
            features)) {
      return evaluation.run(model.published(), "round " + model.checkpoint().round());
    }
  }
}
