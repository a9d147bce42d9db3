package org.sparkgen.model;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.data.Batch;
import org.sparkgen.loss.RowLikelihood;
import org.sparkgen.model.LikelihoodEstimator.Receiver;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.Numbers;
import org.sparkgen.nn.StepWorkspace;

/**
 * Draws the log weights of a batch, so many samples through the decoder at a time that its products
 * are fast, and no more than the memory of a pass allows.
 */
final class ImportanceSampling {
  /** Beyond them, products are no faster. */
  private static final int MOST_ROWS = 2000;

  /** Below them, products are slow, whatever a row takes. */
  private static final int FEWEST_ROWS = 50;

  /** In all layers of a pass, 13 MB: what most rows through a decoder 50-200-200-784 take. */
  private static final long NUMBERS = 3_200_000;

  /** From so many samples on, an example by itself makes products fast. */
  private static final int SAMPLES_FOR_ONE = 100;

  private final Net decoder;
  private final RowLikelihood likelihood;
  private final int latent;
  private final int classes;
  private final Receiver receiver;
  private final int rows;

  ImportanceSampling(
      Net decoder, RowLikelihood likelihood, int latent, int classes, Receiver receiver) {
    this.decoder = decoder;
    this.likelihood = likelihood;
    this.latent = latent;
    this.classes = classes;
    this.receiver = receiver;
    this.rows = rows(decoder);
  }

  /** How many samples go through a decoder at a time. */
  static int rows(Net decoder) {
    return (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, NUMBERS / decoder.numbersPerExample()));
  }

  /**
   * Draws samples of every example.
   *
   * @param encoded the encoder's output for the batch, row by row
   * @param noiseSeeds source of the noise of the example at a place in the batch
   */
  void draw(Batch batch, double[] encoded, int samples, IntToLongFunction noiseSeeds) {
    int group = samples < SAMPLES_FOR_ONE ? Math.max(1, rows / samples) : 1;
    for (int first = 0; first < batch.size(); first += group) {
      Examples examples =
          new Examples(batch, encoded, first, Math.min(group, batch.size() - first), noiseSeeds);
      for (int done = 0; done < samples; done += rows) {
        int now = Math.min(rows, samples - done);
        StepWorkspace.run(() -> examples.pass(now));
      }
    }
  }

  /** A few examples that go through the decoder together, each with noise of its own. */
  private final class Examples {
    private final int first;
    private final int count;
    private final int[] labels;
    private final INDArray x;
    private final DataType type;
    private final double[] encoded;
    private final Normals[] noise;

    Examples(Batch batch, double[] allEncoded, int first, int count, IntToLongFunction noiseSeeds) {
      this.first = first;
      this.count = count;
      this.labels = Arrays.copyOfRange(batch.labels(), first, first + count);
      this.x =
          batch
              .examples()
              .reshape('c', batch.size(), batch.examples().length() / batch.size())
              .get(NDArrayIndex.interval(first, first + count), NDArrayIndex.all());
      this.type = decoder.parameters().dataType();
      int width = 2 * latent;
      this.encoded = Arrays.copyOfRange(allEncoded, first * width, (first + count) * width);
      this.noise = new Normals[count];
      for (int i = 0; i < count; i++) {
        noise[i] = new Normals(noiseSeeds.applyAsLong(first + i));
      }
    }

    /** Draws so many samples of each. */
    void pass(int samples) {
      double[] epsilon = new double[samples * count * latent];
      for (int row = 0; row < samples * count; row++) {
        noise[row % count].fill(epsilon, row * latent, latent);
      }
      LatentGaussian distributions = new LatentGaussian(type, latent, encoded, epsilon);
      INDArray inputs = OneHot.append(distributions.samples(), labels, classes);
      INDArray raw = decoder.forward(inputs, Mode.INFERENCE);
      double[] reconstructions =
          Numbers.of(likelihood.valuesInPlace(raw.reshape('c', raw.size(0), x.size(1)), x));
      double[] ratios = distributions.logRatios();
      for (int row = 0; row < ratios.length; row++) {
        receiver.add(first + row % count, ratios[row] - reconstructions[row]);
      }
    }
  }
}
