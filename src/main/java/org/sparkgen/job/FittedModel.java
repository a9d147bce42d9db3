package org.sparkgen.job;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.checkpoint.LatestCheckpoint;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.data.Preprocessing;
import org.sparkgen.model.Trainable;
import org.sparkgen.spark.ModelColumns;
import org.sparkgen.spark.TableInput;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/**
 * A trained model with all that it takes to apply it to tables. It is saved as a checkpoint is:
 * numbers and text with digests, and read by nothing that could run what it reads.
 */
public final class FittedModel implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String CONFIGURATION = "configuration.conf";
  private static final int ONE = 1;

  private final String configuration;
  private final int round;
  private final int epoch;
  private final Snapshot weights;
  private final FeatureScaling scaling;
  private final String[] classNames;

  private FittedModel(String configuration, Checkpoint checkpoint, Snapshot weights) {
    Preprocessing preprocessing = PreprocessingFile.in(checkpoint);
    this.configuration = configuration;
    this.round = checkpoint.round();
    this.epoch = checkpoint.epoch();
    this.weights = weights;
    this.scaling = preprocessing.scaling();
    this.classNames = preprocessing.classNames().toArray(new String[0]);
  }

  /**
   * The model of a training: of a finished one the published one, of a running one that of its
   * newest checkpoint.
   *
   * @throws JobException INPUT if there is none
   */
  public static FittedModel ofOutput(Storage storage, String output) {
    RunConfig config = PastRun.of(storage, output).config();
    PastModel model = PastModel.of(storage, output, config);
    return new FittedModel(
        ConfigText.render(config), model.checkpoint(), model.published().weights());
  }

  /**
   * A model that was saved.
   *
   * @throws JobException STORAGE if there is none, or it is damaged
   */
  public static FittedModel load(Storage storage, String uri) {
    LatestCheckpoint latest = new Checkpoints(storage, uri, ONE).latestVerified();
    Checkpoint checkpoint =
        latest
            .checkpoint()
            .orElseThrow(() -> damaged(uri, "no model that is complete " + latest.skipped()));
    byte[] configuration = checkpoint.files().get(CONFIGURATION);
    if (configuration == null) {
      throw damaged(uri, "a checkpoint of a training, which has no " + CONFIGURATION);
    }
    String text = new String(configuration, StandardCharsets.UTF_8);
    FittedModel model = new FittedModel(text, checkpoint, checkpoint.snapshot());
    try {
      RunModels.borrow(text, net -> load(model.weights, net));
    } catch (IllegalArgumentException e) {
      throw damaged(uri, "weights that don't fit their configuration: " + e.getMessage());
    }
    return model;
  }

  private static boolean load(Snapshot weights, Trainable model) {
    ModelState.load(weights, model);
    return true;
  }

  private static JobException damaged(String uri, String what) {
    return new JobException(
        ExitCode.STORAGE, "%s holds %s; save the model again".formatted(uri, what));
  }

  /** Saves the model into a folder, beside what is there. */
  public void save(Storage storage, String uri) {
    Preprocessing preprocessing = new Preprocessing(scaling, List.of(classNames));
    new Checkpoints(storage, uri, ONE)
        .publish(
            new Checkpoint(
                round,
                epoch,
                weights,
                Map.of(
                    CONFIGURATION,
                    configuration.getBytes(StandardCharsets.UTF_8),
                    PreprocessingFile.NAME,
                    PreprocessingFile.bytes(preprocessing)),
                Map.of()));
  }

  /**
   * The table with the model's columns behind its own; nothing is computed yet.
   *
   * @throws JobException USAGE if the model can't give a column
   */
  public Dataset<Row> addTo(Dataset<Row> table, TableInput input, ColumnsRequest columns) {
    return new ModelColumns(configuration, weights, scaling)
        .addTo(table, input, new AddedColumns(config(), columns).with(scaling));
  }

  /** The effective configuration of its training. */
  public RunConfig config() {
    return RunModels.parse(configuration);
  }

  /** Rounds that it was trained for. */
  public int round() {
    return round;
  }

  /** SHA-256 of the weights as 64 hexadecimal digits. */
  public String weightsSha256() {
    return weights.weightsSha256();
  }
}
