package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.Family;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.VectorShape;
import org.sparkgen.data.Batch;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.evaluation.LogMeanExponential;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.StepWorkspace;

/**
 * Log weights of a VAE whose networks are linear, with weights set by hand: {@code x = w z + c +
 * noise} with one latent number z, so that p(x) is a Gaussian of covariance {@code w w' + I}.
 */
class LikelihoodEstimatorTest {
  private static final double[] DIRECTION = {1.2, -0.7, 0.4};

  /** Of the first class, and of the second. */
  private static final double[][] CENTERS = {{0.3, -0.2, 0.1}, {-1, 2, 0.5}};

  private static final double SQUARE = 1.2 * 1.2 + 0.7 * 0.7 + 0.4 * 0.4;
  private static final double ENCODER_BIAS = 0.1;
  private static final double VARIANCE = 1.4 / (1 + SQUARE);

  private static final double[][] EXAMPLES = {
    {0.5, 0.1, -0.3}, {-1.1, 0.9, 0.4}, {2.2, -1.5, 1.3}, {0.3, -0.2, 0.1}, {-2, 2.5, 0}
  };

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  /** Unconditional models have the first center. */
  private static VariationalAutoencoderModel model(int classes) {
    ModelFactory factory =
        new ModelFactory(
            new VectorShape(3), Configurations.optimizer(), DataType.FLOAT, String::hashCode);
    VariationalAutoencoderModel model =
        (VariationalAutoencoderModel)
            factory.create(
                Configurations.model(
                    Family.VAE,
                    "latent=1",
                    "hidden=[]",
                    "likelihood=gaussian",
                    "classes=" + classes));
    set(model.nets().get("encoder"), encoder());
    set(model.nets().get("decoder"), decoder(classes));
    return model;
  }

  private static void set(Net net, float... parameters) {
    net.load(parameters, new float[0], 0);
  }

  /** A mean that is a little off the posterior's, and the same variance everywhere. */
  private static float[] encoder() {
    float[] parameters = new float[8];
    double bias = ENCODER_BIAS;
    for (int i = 0; i < 3; i++) {
      parameters[i] = (float) (DIRECTION[i] / (1 + SQUARE));
      bias -= DIRECTION[i] * CENTERS[0][i] / (1 + SQUARE);
    }
    parameters[6] = (float) bias;
    parameters[7] = (float) Math.log(VARIANCE);
    return parameters;
  }

  /** Weights output by output, each from the latent number and then the classes; then biases. */
  private static float[] decoder(int classes) {
    float[] parameters = new float[3 * (1 + classes) + 3];
    int at = 0;
    for (int i = 0; i < 3; i++) {
      parameters[at++] = (float) DIRECTION[i];
      for (int label = 0; label < classes; label++) {
        parameters[at++] = (float) (CENTERS[label][i] - CENTERS[0][i]);
      }
    }
    for (int i = 0; i < 3; i++) {
      parameters[at++] = (float) CENTERS[0][i];
    }
    return parameters;
  }

  private static Batch batch(int... labels) {
    float[][] values = new float[labels.length][3];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < 3; j++) {
        values[i][j] = (float) EXAMPLES[i % EXAMPLES.length][j];
      }
    }
    return new Batch(Nd4j.createFromArray(values), labels);
  }

  /** Of a Gaussian, by the determinant lemma and the formula of Sherman and Morrison. */
  private static double logDensity(int example, int label) {
    double squares = 0;
    double along = 0;
    for (int i = 0; i < 3; i++) {
      double difference = EXAMPLES[example % EXAMPLES.length][i] - CENTERS[label][i];
      squares += difference * difference;
      along += difference * DIRECTION[i];
    }
    double distance = squares - along * along / (1 + SQUARE);
    return -0.5 * (3 * Math.log(2 * Math.PI) + Math.log(1 + SQUARE) + distance);
  }

  private static LogMeanExponential estimate(int classes, Batch batch, int samples, long seed) {
    LogMeanExponential result = new LogMeanExponential(batch.size());
    model(classes).logWeights(batch, samples, place -> SplitMix64.mix(seed ^ place), result::add);
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void findsTheExactDensityOfALinearGaussianModel(int classes) {
    int[] labels = classes == 0 ? new int[EXAMPLES.length] : new int[] {0, 1, 0, 1, 1};
    LogMeanExponential estimate = estimate(classes, batch(labels), 20_000, 3);

    assertThat(estimate.samples()).isEqualTo(20_000);
    for (int i = 0; i < labels.length; i++) {
      // The encoder is not told the label, so that its distribution fits the first class only.
      double tolerance = labels[i] == 0 ? 0.01 : 0.5;
      assertThat(estimate.values()[i])
          .as("example %d", i)
          .isEqualTo(logDensity(i, labels[i]), within(tolerance));
    }
  }

  @Test
  void everyExampleGetsItsSamplesHoweverManyGoThroughTheDecoderTogether() {
    int[] labels = new int[37];
    double[] exact = new double[labels.length];
    Arrays.setAll(exact, i -> logDensity(i, 0));
    for (int samples : new int[] {1, 300, 1999, 2000, 2001}) {
      LogMeanExponential estimate = estimate(0, batch(labels), samples, 5);

      assertThat(estimate.samples()).isEqualTo(samples);
      double tolerance = samples == 1 ? 1.5 : 0.2;
      assertThat(estimate.values()).containsExactly(exact, within(tolerance));
    }
  }

  /** Else a pass would take a gigabyte. */
  @Test
  void theMemoryOfAPassDoesNotGrowWithTheDecoder() {
    assertThat(rows("latent=50", "hidden=[200, 200]")).isEqualTo(2000);
    // [3136], [32,14,14] and their activations, and [1,28,28].
    long numbers = 20 + 20 + 2 * 3136 + 2 * 32 * 14 * 14 + 28 * 28;
    assertThat(rows("latent=20", "network=conv", "filters=[32, 64]", "hidden=[20]"))
        .isEqualTo((int) (3_200_000 / numbers));
    assertThat(rows("latent=2", "hidden=[2, 50000]")).isEqualTo(50);
  }

  private static int rows(String... model) {
    Trainable trainable =
        new ModelFactory(
                new ImageShape(1, 28, 28),
                Configurations.optimizer(),
                DataType.FLOAT,
                String::hashCode)
            .create(Configurations.model(Family.VAE, model));
    return ImportanceSampling.rows(trainable.nets().get("decoder"));
  }

  @Test
  void isAFunctionOfStateBatchAndSeed() {
    Batch batch = batch(new int[5]);

    assertThat(estimate(0, batch, 50, 1).values()).isEqualTo(estimate(0, batch, 50, 1).values());
    assertThat(estimate(0, batch, 50, 2).values()).isNotEqualTo(estimate(0, batch, 50, 1).values());
  }

  @Test
  void equalExamplesOfABatchHaveDifferentNoise() {
    double[] values = estimate(0, batch(new int[10]), 50, 1).values();

    assertThat(values[0]).isNotEqualTo(values[5]).isEqualTo(values[5], within(0.5));
  }

  @Test
  void thePosteriorIsWhatTheEncoderSays() {
    Posterior posterior = model(0).posterior(batch(0, 0));
    Posterior sampled =
        model(0).logWeights(batch(0, 0), 3, place -> place, (example, logWeight) -> {});

    assertThat(sampled.means()).containsExactly(posterior.means());
    assertThat(sampled.kl()).containsExactly(posterior.kl());
    for (int i = 0; i < 2; i++) {
      double mean = ENCODER_BIAS;
      for (int j = 0; j < 3; j++) {
        mean += DIRECTION[j] * (EXAMPLES[i][j] - CENTERS[0][j]) / (1 + SQUARE);
      }
      double kl = 0.5 * (mean * mean + VARIANCE - 1 - Math.log(VARIANCE));
      assertThat(posterior.means()[i]).isEqualTo(mean, within(1e-6));
      assertThat(posterior.kl()[i]).isEqualTo(kl, within(1e-6));
    }
    assertThat(posterior.means()).hasSize(2);
    assertThat(posterior.kl()).hasSize(2);
  }
}
