package org.sparkgen.job;

import java.util.List;
import java.util.OptionalDouble;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.checkpoint.Occupancy;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.FeatureRun;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.spark.ClassifierFeatures;
import org.sparkgen.spark.ExampleShards;
import org.sparkgen.spark.FeatureNet;
import org.sparkgen.spark.StockFeatures;
import org.sparkgen.storage.Digests;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/**
 * Finds the network of {@code evaluation.features}, and trains it where there is none: a classifier
 * of the run's own examples, in an output folder of its own, once for all runs that name it.
 */
final class FeatureNets {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureNets.class);
  private static final String ZIP = ".zip";

  private final Storage storage;
  private final RunConfig config;
  private final Colleague colleague;
  private final String path;

  /** For a run that has {@code evaluation.features}. */
  FeatureNets(Storage storage, RunConfig config) {
    this(storage, config, new Colleague(storage));
  }

  /** As the other, with another way to wait for whoever is training the same classifier. */
  FeatureNets(Storage storage, RunConfig config, Colleague colleague) {
    this.storage = storage;
    this.config = config;
    this.colleague = colleague;
    this.path = config.evaluation().features().orElseThrow().path();
  }

  /**
   * The network, trained if it is not there yet; an unfinished training goes on.
   *
   * @param data the run's examples, from which the number of classes is taken
   * @throws JobException INPUT or USAGE if what is there can't be used, or there are no labels to
   *     train by
   */
  FeatureNet open(TrainingData data) {
    return path.endsWith(ZIP) ? stock() : classifier(data);
  }

  /**
   * Looks at what is at the path, without Spark and without the run's examples.
   *
   * @throws JobException INPUT, USAGE or STORAGE if it can't be used
   */
  void check() {
    if (path.endsWith(ZIP)) {
      stock();
    } else if (begunBefore()) {
      recorded();
    }
  }

  private FeatureNet stock() {
    byte[] zip = storage.readBytes(path);
    StockFeatures source =
        new StockFeatures(zip, "evaluation.features.path = " + path, ConfigText.render(config));
    int features =
        source.use(network -> network.look(Nd4j.zeros(config.data().shape().batchOf(1))).size());
    return new FeatureNet(
        source,
        new FeatureFacts(path, Digests.sha256(zip), OptionalDouble.empty(), "", features),
        0);
  }

  /** Trains it unless somebody else has, or is about to. */
  private FeatureNet classifier(TrainingData data) {
    boolean ours = false;
    while (!isComplete()) {
      if (ours) {
        throw new JobException(
            ExitCode.STORAGE,
            "evaluation.features.path = %s was trained and is not whole: files are missing there; look at the storage, and run the same command again"
                .formatted(path));
      }
      colleague.await(path, "training the classifier of evaluation.features.path");
      ours = !isComplete() && train(data);
    }
    return trained(recorded(), data.training().preprocessing().classNames());
  }

  /** Trains the classifier, or goes on with its training; false if another driver took over. */
  private boolean train(TrainingData data) {
    RunConfig training = begunBefore() ? recorded() : fresh(data);
    try {
      new TrainJob(training, OverwritePolicy.REFUSE, storage).run();
      return true;
    } catch (JobException e) {
      if (Occupancy.wasLost(e)) {
        LOG.info("{}", e.getMessage());
        return false;
      }
      throw new JobException(
          e.exitCode(),
          "training the classifier of evaluation.features.path = %s: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private RunConfig fresh(TrainingData data) {
    return FeatureRun.of(
        config,
        classes(data),
        data.heldOut().filter(ExampleShards::labelled).isPresent()
            ? FeatureRun.HeldOut.USED
            : FeatureRun.HeldOut.LEFT_OUT);
  }

  private boolean isComplete() {
    return Completion.isWhole(storage, path);
  }

  private boolean begunBefore() {
    return storage.exists(Storage.resolve(path, "run.json"));
  }

  /** The configuration of the run that is there; it must be one of a fitting classifier. */
  private RunConfig recorded() {
    // Where it was trained may have been another path, or a relative one.
    RunConfig there = PastRun.of(storage, path).config(List.of("output.path=" + path));
    String problem =
        !(there.model() instanceof ClassifierConfig)
            ? "holds a run of another model.family"
            : !there.data().shape().equals(config.data().shape())
                ? "holds a classifier of examples of another shape, %s instead of %s"
                    .formatted(there.data().shape(), config.data().shape())
                : config.model().classes() > 0
                        && there.model().classes() != config.model().classes()
                    ? "holds a classifier of %d classes, but model.classes = %d"
                        .formatted(there.model().classes(), config.model().classes())
                    : "";
    if (!there.data().path().equals(config.data().path())) {
      LOG.warn(
          "The classifier in {} was trained on {}, and distances are of examples of {}: see that they are of one kind",
          path,
          there.data().path(),
          config.data().path());
    }
    if (!problem.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "evaluation.features.path = %s %s; name a fitting classifier's output, or a new folder"
              .formatted(path, problem));
    }
    return there;
  }

  /** Classes are compared by number, and the same number must mean the same. */
  private void requireSameClasses(PastModel classifier, List<String> names) {
    List<String> known = PreprocessingFile.in(classifier.checkpoint()).classNames();
    if (config.model().classes() > 0 && !known.equals(names)) {
      throw new JobException(
          ExitCode.USAGE,
          "evaluation.features.path = %s holds a classifier of the classes %s, but those of data.path = %s are %s; name a fitting classifier's output, or a new folder"
              .formatted(path, known, config.data().path(), names));
    }
  }

  private int classes(TrainingData data) {
    if (config.model().classes() > 0) {
      return config.model().classes();
    }
    int classes = data.training().highestLabel() + 1;
    if (classes < 2) {
      throw new JobException(
          ExitCode.INPUT,
          "evaluation.features.path = %s holds no classifier, and data.path = %s has no labels of two classes or more to train one by; add labels, or name a Deeplearning4j network's .zip"
              .formatted(path, config.data().path()));
    }
    return classes;
  }

  private FeatureNet trained(RunConfig classifier, List<String> classNames) {
    PastModel model = PastModel.of(storage, path, classifier);
    requireSameClasses(model, classNames);
    RoundMetrics measured =
        PastRun.of(storage, path).metrics().stream()
            .filter(round -> round.round() == model.checkpoint().round())
            .findFirst()
            .orElseThrow();
    OptionalDouble heldOut = measured.loss(MetricNames.HELD_OUT + MetricNames.ACCURACY);
    FeatureFacts facts =
        new FeatureFacts(
            path,
            model.published().weightsSha256(),
            heldOut.isPresent() ? heldOut : measured.loss(MetricNames.ACCURACY),
            heldOut.isPresent() ? "held-out" : "training",
            classifier.model().latent());
    return new FeatureNet(
        new ClassifierFeatures(ConfigText.render(classifier), model.published()),
        facts,
        classifier.model().classes());
  }
}
