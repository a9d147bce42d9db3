package org.sparkgen.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.report.DataSummary;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.RejectedInput;
import org.sparkgen.spark.ExampleOrigin;
import org.sparkgen.spark.ExampleShards;

/** The examples of a run: those to train on, and those held out. */
final class TrainingData implements AutoCloseable {
  /** Real examples that the driver looks at, for pictures. */
  static final int SHOWN = 32;

  private static final int MOST_MAPPED = 1000;
  private static final int MOST_MAPPED_BYTES = 32 << 20;

  private final DataConfig config;
  private final ExampleShards training;
  private final Optional<ExampleShards> heldOut;

  private TrainingData(DataConfig config, ExampleShards training, Optional<ExampleShards> heldOut) {
    this.config = config;
    this.training = training;
    this.heldOut = heldOut;
  }

  /** The examples of a new run in its files, which say how they are read. */
  static TrainingData load(SparkSession session, RunConfig config) {
    return load(session, config, ExampleOrigin.files());
  }

  /** The examples of a new run, which say how they are read. */
  static TrainingData load(SparkSession session, RunConfig config, ExampleOrigin examples) {
    return load(config, ExampleShards.load(session, config.data(), examples));
  }

  /** The examples of a run that has a model, read as those that it was trained on. */
  static TrainingData load(SparkSession session, RunConfig config, Preprocessing as) {
    return load(config, ExampleShards.load(session, config.data(), as));
  }

  /** Takes the training examples over, also when it fails. */
  private static TrainingData load(RunConfig config, ExampleShards training) {
    Optional<ExampleShards> heldOut = Optional.empty();
    try {
      heldOut = config.data().heldOut().map(h -> training.loadHeldOut(config.data()));
      TrainingData data = new TrainingData(config.data(), training, heldOut);
      if (config.model().classes() > 0) {
        data.requireLabels(config.model().classes());
      }
      return data;
    } catch (RuntimeException e) {
      // Nobody will close what nobody was given.
      heldOut.ifPresent(ExampleShards::close);
      training.close();
      throw e;
    }
  }

  private void requireLabels(int classes) {
    training.requireLabels(classes, "data.path = " + config.path());
    heldOut.ifPresent(
        h -> h.requireLabels(classes, "data.heldOut.path = " + config.ofHeldOut().path()));
  }

  ExampleShards training() {
    return training;
  }

  Optional<ExampleShards> heldOut() {
    return heldOut;
  }

  DataSummary summary() {
    List<RejectedInput> rejects =
        training.rejectSample().stream().map(r -> new RejectedInput(r.path(), r.reason())).toList();
    return new DataSummary(
        config.path(),
        describe(),
        training.accepted() + training.rejected(),
        training.rejected(),
        Arrays.stream(training.counts()).boxed().toList(),
        heldOut.map(ExampleShards::accepted).orElse(0L),
        rejects,
        training.fingerprint());
  }

  private String describe() {
    return config.shape() instanceof ImageShape image
        ? "%d x %d x %d, uint8".formatted(image.channels(), image.height(), image.width())
        : "%d numbers, float32".formatted(config.shape().size());
  }

  /** A few examples for reconstructions: held-out ones where there are some. */
  ExampleBlock shown() {
    return heldOut.orElse(training).first(SHOWN);
  }

  /**
   * Examples for a look at the latent space, from where {@link #shown} are: at most a thousand, of
   * at most 32 MiB.
   */
  ExampleBlock mapped() {
    int bytes = config.shape() instanceof ImageShape ? 1 : Float.BYTES;
    int fitting = MOST_MAPPED_BYTES / (bytes * config.shape().size());
    return heldOut.orElse(training).sample(Math.max(SHOWN, Math.min(MOST_MAPPED, fitting)));
  }

  /** Real pictures to compare samples with; empty for numeric rows. */
  Optional<Pictures> pictures() {
    return config.shape() instanceof ImageShape image
        ? Optional.of(Pictures.of(image, shown().pixels()))
        : Optional.empty();
  }

  @Override
  public void close() {
    training.close();
    heldOut.ifPresent(ExampleShards::close);
  }
}
