package org.sparkgen.config;

import java.util.List;
import org.sparkgen.config.EvaluationConfig.Selection;

/** The rules about schedules and evaluations. */
final class TrainingRules {
  private static final int FEWEST_SAMPLES = 10;

  private final Rules rules;
  private final RunConfig config;

  TrainingRules(Rules rules, RunConfig config) {
    this.rules = rules;
    this.config = config;
  }

  void check() {
    checkSchedule(config.training().optimizer().schedule());
    checkMetrics(config.evaluation());
    checkSelection(config.evaluation());
  }

  private void checkSchedule(ScheduleConfig schedule) {
    List<Integer> milestones = schedule.milestones();
    rules.require(
        milestones.isEmpty() != (schedule.kind() == ScheduleConfig.Kind.STEPS),
        "must hold epochs when the schedule's kind is steps, and none otherwise",
        "training.optimizer.schedule.milestones",
        "training.optimizer.schedule.kind");
    boolean ascending = true;
    for (int i = 1; i < milestones.size(); i++) {
      ascending &= milestones.get(i - 1) < milestones.get(i);
    }
    rules.require(
        ascending, "must be in ascending order", "training.optimizer.schedule.milestones");
    rules.require(
        milestones.stream().allMatch(milestone -> milestone < config.training().epochs()),
        "must be below training.epochs, or the run ends before they are reached",
        "training.optimizer.schedule.milestones",
        "training.epochs");
    rules.require(
        schedule.warmupEpochs() < config.training().epochs(),
        "must be fewer than training.epochs",
        "training.optimizer.schedule.warmupEpochs",
        "training.epochs");
  }

  private void checkMetrics(EvaluationConfig evaluation) {
    boolean variational =
        config.model() instanceof AutoencoderConfig autoencoder && autoencoder.variational();
    rules.require(
        evaluation.importanceSamples() == 0 || variational,
        "must be 0 for this model.family: only vae and beta-vae have a likelihood to estimate",
        "evaluation.importanceSamples",
        "model.family");
    rules.require(
        evaluation.samples() == 0 || evaluation.features().isPresent(),
        "must be there when evaluation.samples is above 0: distances are measured in its features",
        "evaluation.features",
        "evaluation.samples");
    rules.require(
        evaluation.samples() == 0 || config.data().image().isPresent(),
        "must be 0 for rows of numbers: distances are for images",
        "evaluation.samples",
        "data.image");
    rules.require(
        evaluation.samples() == 0 || config.model().family() != Family.AUTOENCODER,
        "must be 0 for model.family = autoencoder, which has no prior to draw samples from",
        "evaluation.samples",
        "model.family");
    rules.require(
        evaluation.samples() == 0 || config.model().family() != Family.CLASSIFIER,
        "must be 0 for model.family = classifier, which makes no examples",
        "evaluation.samples",
        "model.family");
    rules.require(
        evaluation.samples() == 0 || evaluation.samples() >= FEWEST_SAMPLES,
        "must be 0, or at least " + FEWEST_SAMPLES + ": fewer tell nothing of a distribution",
        "evaluation.samples");
  }

  private void checkSelection(EvaluationConfig evaluation) {
    Selection select = evaluation.select();
    rules.require(
        select == Selection.LAST || config.data().heldOut().isPresent(),
        "must be there when evaluation.select is not last: rounds are compared on it",
        "data.heldOut",
        "evaluation.select");
    rules.require(
        select == Selection.LAST || evaluation.every() > 0 || config.data().heldOut().isEmpty(),
        "must be above 0 when evaluation.select is not last: only rounds that are evaluated are compared",
        "evaluation.every",
        "evaluation.select");
    boolean measured =
        switch (select) {
          case LAST -> true;
          case LOSS ->
              !(config.model() instanceof GanConfig || config.model() instanceof VaeGanConfig);
          case NEGATIVE_ELBO ->
              config.model() instanceof AutoencoderConfig autoencoder && autoencoder.variational();
          case LOG_LIKELIHOOD -> evaluation.importanceSamples() > 0;
          case FRECHET_DISTANCE -> evaluation.samples() > 0;
        };
    rules.require(
        measured,
        "must be a metric that is measured: log-likelihood needs evaluation.importanceSamples,"
            + " frechet-distance needs evaluation.samples, negative-elbo a vae, loss no gan and no vae-gan",
        "evaluation.select",
        "evaluation.importanceSamples",
        "evaluation.samples",
        "model.family");
    rules.require(
        evaluation.patience() == 0 || select != Selection.LAST,
        "must be 0 when evaluation.select = last: nothing says what is better",
        "evaluation.patience",
        "evaluation.select");
  }
}
