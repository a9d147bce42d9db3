package org.sparkgen.job;

import java.util.Optional;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.SampleWriter;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** Draws samples from the model of a finished training, or of a running one's newest checkpoint. */
public final class SampleJob implements Job<SampleResult> {
  private static final int SHOWN = 100;

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
    TargetFolder.requireFree(storage, target);
    PastModel model = PastModel.of(storage, output, config);
    Snapshot snapshot = model.published();
    String configuration = ConfigText.render(config);
    try (SparkEnvironment spark = SparkEnvironment.open("sparkgen sample " + config.run().name())) {
      new SampleWriter(spark.session(), configuration)
          .write(
              snapshot,
              PreprocessingFile.in(model.checkpoint()).scaling(),
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
    return new SampleResult(target, count, model.checkpoint().round(), snapshot.weightsSha256());
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
}
