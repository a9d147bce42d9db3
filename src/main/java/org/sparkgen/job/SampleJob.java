package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.SampleWriter;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Draws samples from the newest checkpoint of a finished or running training. */
public final class SampleJob implements Job<SampleResult> {
  private static final int SHOWN = 100;
  private static final int KEPT = 2;

  private final Storage storage;
  private final String output;
  private final int count;
  private final long seed;
  private final String target;

  /**
   * A drawing of samples.
   *
   * @param output the output folder of a training
   * @param count samples, at least 1
   * @param seed of the samples; sample i depends on the model, the seed and i only
   * @param target folder that is written: {@code samples.parquet} and, of images, {@code grid.png};
   *     must not exist yet or be empty
   */
  public SampleJob(Storage storage, String output, int count, long seed, String target) {
    this.storage = storage;
    this.output = output;
    this.count = count;
    this.seed = seed;
    this.target = target;
  }

  /**
   * Draws and writes.
   *
   * @throws JobException USAGE if the model can't sample or the target is taken; INPUT if there is
   *     no checkpoint to draw from
   */
  @Override
  public SampleResult run() {
    RunConfig config = PastRun.of(storage, output).config();
    requireSampler(config);
    requireFree();
    Checkpoint checkpoint =
        new Checkpoints(storage, output, KEPT)
            .latestVerified()
            .checkpoint()
            .orElseThrow(
                () ->
                    new JobException(
                        ExitCode.INPUT,
                        output + " has no checkpoint yet: wait for its first round to end"));
    Snapshot snapshot = TrainingState.restored(checkpoint.snapshot()).published();
    String configuration = ConfigText.render(config);
    try (SparkEnvironment spark = SparkEnvironment.open("sparkgen sample " + config.run().name())) {
      new SampleWriter(spark.session(), configuration)
          .write(
              snapshot,
              ScalingFile.parse(checkpoint.files().get(ScalingFile.NAME)),
              count,
              seed,
              Storage.resolve(target, "samples.parquet"));
    }
    ModelPictures drawing = new ModelPictures(config, configuration);
    drawing
        .samples(snapshot, Math.min(SHOWN, count), seed)
        .ifPresent(
            pictures ->
                storage.publish(
                    Storage.resolve(target, "grid.png"), drawing.grid(pictures).bytes()));
    return new SampleResult(target, count, checkpoint.round(), snapshot.weightsSha256());
  }

  private void requireSampler(RunConfig config) {
    if (config.model() instanceof ClassifierConfig) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot sample: model.family = classifier makes no examples; train a generative family");
    }
    Optional<AutoencoderConfig> autoencoder =
        config.model() instanceof AutoencoderConfig a ? Optional.of(a) : Optional.empty();
    if (autoencoder.isPresent() && !autoencoder.get().variational()) {
      throw new JobException(
          ExitCode.USAGE,
          "cannot sample: model.family = autoencoder has no prior to draw latent vectors from;"
              + " train family vae, beta-vae, gan or vae-gan");
    }
  }

  private void requireFree() {
    if (storage.exists(target) && !storage.list(target).isEmpty()) {
      throw new JobException(
          ExitCode.USAGE, target + " is not empty: name a new folder with --to, or empty this one");
    }
  }
}
