package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.ModelState;

/** What autoencoders learn, and how the weight of the KL term rises. */
class LearningTest {
  private static final int STEPS = 300;

  static Stream<ModelConfig> autoencoders() {
    return ModelFixtures.autoencoders().filter(config -> !config.network().batchNorm());
  }

  static Stream<NetworkConfig> networks() {
    return ModelFixtures.networks();
  }

  /** Eight examples of two pictures: the left half white, or the right half. */
  private static Batch twoPictures() {
    INDArray examples = Nd4j.create(DataType.FLOAT, ModelFixtures.SHAPE.batchOf(8));
    int width = ModelFixtures.SHAPE.width();
    for (int i = 0; i < 8; i++) {
      for (int y = 0; y < ModelFixtures.SHAPE.height(); y++) {
        for (int x = 0; x < width; x++) {
          boolean left = x < width / 2;
          examples.putScalar(i, 0, y, x, left == (i % 2 == 0) ? 1 : 0);
        }
      }
    }
    return new Batch(examples, new int[8]);
  }

  @ParameterizedTest
  @MethodSource("autoencoders")
  void trainingLowersTheLoss(ModelConfig config) {
    Trainable model = ModelFixtures.create(config, DataType.FLOAT);
    Batch batch = twoPictures();
    double before = excess(model, config, batch);
    model.startRound(0, 0, 3);

    for (int i = 0; i < STEPS; i++) {
      StepWorkspace.compute(() -> model.step(batch, Reporting.NONE));
    }

    assertThat(excess(model, config, batch)).isBetween(-0.01, before / 2);
  }

  /** The loss above what a perfect decoder that is told the picture would have. */
  private static double excess(Trainable model, ModelConfig config, Batch batch) {
    double loss =
        StepWorkspace.compute(() -> ((Evaluable) model).evaluate(batch, 11)).means().get("loss");
    double least =
        ((AutoencoderConfig) config).likelihood() == Likelihood.GAUSSIAN
            ? ModelFixtures.SHAPE.size() * 0.5 * Math.log(2 * Math.PI)
            : 0;
    return loss - least;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void betaRisesFromZeroOverTheWarmupEpochs(NetworkConfig network) {
    AutoencoderConfig warming = ModelFixtures.warmingUp(4, 3, network);

    assertThat(trained(warming, 0)).isEqualTo(trained(withBeta(0, network), 0));
    assertThat(trained(warming, 1)).isEqualTo(trained(withBeta(0.75, network), 0));
    assertThat(trained(warming, 2)).isEqualTo(trained(withBeta(1.5, network), 0));
    assertThat(trained(warming, 4)).isEqualTo(trained(withBeta(3, network), 0));
    assertThat(trained(warming, 9)).isEqualTo(trained(withBeta(3, network), 0));
    assertThat(trained(warming, 0)).isNotEqualTo(trained(warming, 1));
  }

  private static AutoencoderConfig withBeta(double beta, NetworkConfig network) {
    return ModelFixtures.warmingUp(0, beta, network);
  }

  /** Digest of the state after some steps in an epoch. */
  private static String trained(AutoencoderConfig config, int epoch) {
    Trainable model = ModelFixtures.create(config, DataType.FLOAT);
    model.startRound(epoch, 0, 3);
    for (int i = 0; i < 3; i++) {
      Batch batch = ModelFixtures.batch(config, 6, i);
      StepWorkspace.compute(() -> model.step(batch, Reporting.NONE));
    }
    return ModelState.snapshot(model).stateSha256();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theTrainingLossHasThePresentBetaAndTheEvaluatedOneTheConfigured(NetworkConfig network) {
    AutoencoderConfig config = ModelFixtures.warmingUp(4, 3, network);
    Trainable model = ModelFixtures.create(config, DataType.FLOAT);
    Batch batch = ModelFixtures.batch(config, 6, 1);
    model.startRound(1, 0, 3);

    checkLoss(StepWorkspace.compute(() -> ((Evaluable) model).evaluate(batch, 11)), 3);
    checkLoss(StepWorkspace.compute(() -> model.step(batch, Reporting.LOSSES)), 0.75);
  }

  private static void checkLoss(StepReport report, double beta) {
    double reconstruction = report.means().get("reconstruction");
    double kl = report.means().get("kl");

    assertThat(kl).isGreaterThan(0.01);
    assertThat(report.means())
        .containsEntry("loss", reconstruction + beta * kl)
        .containsEntry("negativeElbo", reconstruction + kl);
  }
}
