package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.model.Trainable;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RunModels;

/**
 * A model that is used: of a finished training the published one, of a running one that of its
 * newest checkpoint.
 */
final class TrainedModel {
  private final Storage storage;
  private final String output;
  private final RunConfig config;
  private PastModel model;

  private TrainedModel(Storage storage, String output, RunConfig config) {
    this.storage = storage;
    this.output = output;
    this.config = config;
  }

  /**
   * The model of an output folder, of which only the configuration is read yet.
   *
   * @throws JobException INPUT if there is no run
   */
  static TrainedModel of(Storage storage, String output) {
    return new TrainedModel(storage, output, PastRun.of(storage, output).config());
  }

  /**
   * Requires that the model can do something.
   *
   * @param what it shall do, as a verb
   * @param advice why it can't, and what could: ends the message
   * @throws JobException USAGE if it can't
   */
  TrainedModel require(Predicate<Trainable> capability, String what, String advice) {
    if (!can(capability)) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot %s: model.family = %s %s"
              .formatted(what, Keyword.of(config.model().family()), advice));
    }
    return this;
  }

  /** Whether the model can do something. */
  boolean can(Predicate<Trainable> capability) {
    return RunModels.borrow(configuration(), capability::test);
  }

  /** The run's effective configuration. */
  RunConfig config() {
    return config;
  }

  /** The same as text. */
  String configuration() {
    return ConfigText.render(config);
  }

  /**
   * Where examples come from: the training's own, or others.
   *
   * @param overrides {@code data.*} settings as {@code key=value}
   */
  DataConfig data(List<String> overrides) {
    // Examples that a conditional model is not given the classes of need none.
    List<String> settings = new ArrayList<>(overrides);
    if (config.model().classes() > 0) {
      settings.add("model.classes=0");
    }
    return PastRun.of(storage, output).config(settings).data();
  }

  /** How many examples it was trained on. */
  long trainingExamples() {
    return PastRun.of(storage, output).record().data().accepted();
  }

  /** The rounds that the model was trained for. */
  int round() {
    return model().checkpoint().round();
  }

  /** The weights. */
  Snapshot weights() {
    return model().published();
  }

  /** How the training examples became model inputs. */
  Preprocessing preprocessing() {
    return PreprocessingFile.in(model().checkpoint());
  }

  /**
   * Requires that classes steer what the model makes.
   *
   * @throws JobException USAGE if none do
   */
  void requireClasses() {
    if (config.model().classes() == 0) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot choose classes: this model (family %s) is not told any; train with model.classes"
              .formatted(Keyword.of(config.model().family())));
    }
  }

  /**
   * The number of a class.
   *
   * @param name its name, or its number
   * @throws JobException USAGE if the model is told no such class
   */
  int classNumber(String name) {
    int classes = config.model().classes();
    List<String> names = preprocessing().classNames();
    int number = names.indexOf(name);
    if (number < 0 && name.matches("\\d{1,9}")) {
      number = Integer.parseInt(name);
    }
    if (number < 0 || number >= classes) {
      throw new JobException(
          ExitCode.USAGE,
          "there is no class %s: the model has %s"
              .formatted(
                  name, names.isEmpty() ? "0 to " + (classes - 1) : String.join(", ", names)));
    }
    return number;
  }

  private PastModel model() {
    if (model == null) {
      model = PastModel.of(storage, output, config);
    }
    return model;
  }

  /** What a Spark application that uses it is called. */
  String application(String command) {
    return "sparkgen %s %s".formatted(command.toLowerCase(Locale.ROOT), config.run().name());
  }
}
