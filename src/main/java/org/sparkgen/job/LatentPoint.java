package org.sparkgen.job;

import java.util.Arrays;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.ImageDecoder;
import org.sparkgen.data.UnreadableExampleException;
import org.sparkgen.model.Encoder;
import org.sparkgen.model.Sampler;
import org.sparkgen.model.Trainable;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RunBatches;

/** A latent vector that a person can name: a draw from the prior, or the code of a picture. */
public sealed interface LatentPoint {
  /**
   * The first draw of a seed, as {@code sample} makes it.
   *
   * @param seed source of the draw
   */
  record Drawn(long seed) implements LatentPoint {}

  /**
   * What the encoder makes of a picture, the mean where that is a distribution.
   *
   * @param file PNG, JPEG, GIF or BMP, on any Hadoop path
   */
  record Encoded(String file) implements LatentPoint {}

  /**
   * Requires that the model knows such points.
   *
   * @throws JobException USAGE if it has no prior to draw from, or no encoder; INPUT if there is no
   *     such picture
   */
  static void require(Storage storage, TrainedModel model, LatentPoint point) {
    if (point instanceof Drawn) {
      model.require(
          Sampler.class::isInstance,
          "draw from a seed",
          "has no prior; name pictures instead, or train family vae, beta-vae, gan or vae-gan");
    } else {
      model.require(
          Encoder.class::isInstance,
          "encode a picture",
          "has no encoder; name seeds instead, or train family autoencoder, vae, beta-vae or vae-gan");
      String file = ((Encoded) point).file();
      if (!storage.exists(file)) {
        throw new JobException(ExitCode.INPUT, file + " is not there");
      }
    }
  }

  /**
   * The vector.
   *
   * @param model in the trained state, which can do what is needed
   * @throws JobException INPUT if a picture can't be read
   */
  static float[] vector(Storage storage, RunConfig config, Trainable model, LatentPoint point) {
    if (point instanceof Drawn drawn) {
      Sampler sampler = (Sampler) model;
      return Arrays.copyOf(sampler.inputs(drawn.seed(), 0, 1), sampler.latentSize());
    }
    String file = ((Encoded) point).file();
    ImageShape shape = (ImageShape) config.data().shape();
    try {
      byte[] pixels =
          ImageDecoder.decode(
              storage.readBytes(file), new ImageConversion(config.data().image().orElseThrow()));
      int[] label = {ExampleBlock.NO_LABEL};
      ExampleBlock block = ExampleBlock.ofImages(pixels, label, new long[1]);
      return ((Encoder) model).encode(RunBatches.inOneBatch(config, block)).means();
    } catch (UnreadableExampleException e) {
      throw new JobException(
          ExitCode.INPUT,
          "%s can't be read as a picture of %s: %s".formatted(file, shape, e.getMessage()),
          e);
    }
  }
}
