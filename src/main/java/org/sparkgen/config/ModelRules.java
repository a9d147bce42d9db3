package org.sparkgen.config;

/** The rules about what a model family can do with its data. */
final class ModelRules {
  private final Rules rules;
  private final RunConfig config;

  ModelRules(Rules rules, RunConfig config) {
    this.rules = rules;
    this.config = config;
  }

  void check() {
    if (config.model().classes() > 0) {
      checkLabelled();
    }
    if (config.model() instanceof AutoencoderConfig autoencoder) {
      checkAutoencoder(autoencoder);
    }
    if (config.model() instanceof GanConfig gan) {
      rules.require(
          gan.discriminatorSteps() == 1 || gan.training() == GanConfig.Training.TWO_STAGE,
          "must be 1 for model.training = one-stage, where both players learn in every step",
          "model.discriminatorSteps",
          "model.training");
    }
    if (config.model() instanceof ClassifierConfig classifier) {
      rules.require(
          !classifier.network().hidden().isEmpty(),
          "must not be empty for model.family = classifier: the last hidden layer has the features",
          "model.hidden",
          "model.family");
    }
    checkBinarization();
  }

  private void checkLabelled() {
    DataConfig data = config.data();
    boolean labelled =
        switch (data.format()) {
          case IDX -> data.labels().isPresent();
          case PARQUET, CSV -> data.labelColumn().isPresent();
          case FOLDER, CIFAR10 -> true;
        };
    rules.require(
        labelled,
        "must be there when model.classes is above 0: the model is told labels",
        data.format() == DataFormat.IDX ? "data.labels" : "data.labelColumn",
        "data.format",
        "model.classes");
    rules.require(
        data.format() != DataFormat.IDX
            || data.heldOut().map(other -> other.labels().isPresent()).orElse(true),
        "must be there when model.classes is above 0: the model is told labels",
        "data.heldOut.labels",
        "data.heldOut",
        "data.heldOut.path",
        "data.format",
        "model.classes");
  }

  private void checkAutoencoder(AutoencoderConfig autoencoder) {
    rules.require(
        autoencoder.family() != Family.VAE || autoencoder.beta() == 1.0,
        "must be 1 for model.family = vae; use model.family = beta-vae",
        "model.beta",
        "model.family");
    rules.require(
        autoencoder.freeBits() == 0 || autoencoder.importanceSamples() == 1,
        "must be 0 when model.importanceSamples is above 1: that bound has no KL term by itself",
        "model.freeBits",
        "model.importanceSamples");
  }

  private void checkBinarization() {
    boolean bernoulli =
        config.model() instanceof AutoencoderConfig autoencoder
            && autoencoder.likelihood() == Likelihood.BERNOULLI
            && config.data().image().isPresent();
    rules.require(
        config.data().binarize() == DataConfig.Binarization.NONE || bernoulli,
        "must be none, unless images are learned by an autoencoder with likelihood = bernoulli",
        "data.binarize",
        "model.family",
        "model.likelihood",
        "data.image");
  }
}
