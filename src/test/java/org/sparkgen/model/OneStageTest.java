package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.GanConfig.Training;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.loss.AdversarialLoss;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;
import org.sparkgen.nn.StepWorkspace;

/** One-stage training against two separate backward passes at the same weights. */
class OneStageTest {
  private static final int BATCH = 6;
  private static final int[] NO_LABELS = new int[BATCH];
  private static final StepMeans UNASKED = new StepMeans(Reporting.NONE);

  static Stream<GanConfig> oneStage() {
    return ModelFixtures.gans().filter(config -> config.training() == Training.ONE_STAGE);
  }

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  private static Net net(GanModel model, String name) {
    return model.nets().get(name);
  }

  /** A model at the start of a round. */
  private static GanModel model(GanConfig config, DataType type) {
    GanModel model = (GanModel) ModelFixtures.create(config, type);
    model.startRound(0, 0, 5);
    return model;
  }

  /** A model after some steps, whose outputs are no longer all alike. */
  private static GanModel trained(GanConfig config, DataType type) {
    GanModel model = model(config, type);
    for (int i = 0; i < 5; i++) {
      INDArray examples = ModelFixtures.batch(config, BATCH, i).examples().castTo(type);
      StepWorkspace.run(() -> model.step(new Batch(examples, new int[BATCH]), Reporting.NONE));
    }
    return model;
  }

  @ParameterizedTest
  @MethodSource("oneStage")
  void theGradientsAreThoseOfTwoSeparatePasses(GanConfig config) {
    compare(config, DataType.DOUBLE, 1e-12);
    compare(config, DataType.FLOAT, 1e-4);
  }

  private static void compare(GanConfig config, DataType type, double tolerance) {
    GanModel model = trained(config, type);
    Net generator = net(model, "generator");
    Net discriminator = net(model, "discriminator");
    INDArray examples = ModelFixtures.batch(config, BATCH, 9).examples().castTo(type);
    INDArray generated = generator.forward(model.drawInputs(NO_LABELS), Mode.TRAINING);
    Shown real = model.adversary().show(examples, NO_LABELS);
    Shown fake = model.adversary().show(generated, NO_LABELS);
    model.discriminatorGradients(real, fake, UNASKED);
    INDArray expectedOfDiscriminator = discriminator.gradients().dup();
    model.generatorGradients(fake, UNASKED);
    INDArray expectedOfGenerator = generator.gradients().dup();

    model.gradientsOfBoth(real, fake, UNASKED);

    assertThat(difference(discriminator.gradients(), expectedOfDiscriminator)).isZero();
    assertThat(difference(generator.gradients(), expectedOfGenerator)).isLessThan(tolerance);
  }

  /** Euclidean, relative to the expected array's length. */
  private static double difference(INDArray actual, INDArray expected) {
    return actual.sub(expected).norm2Number().doubleValue() / expected.norm2Number().doubleValue();
  }

  @ParameterizedTest
  @CsvSource({
    "MINIMAX,        false, 0.5, true",
    "MINIMAX,        true,  0.5, true",
    "MINIMAX,        false, -800, false",
    "NON_SATURATING, false, 0.5, true",
    "NON_SATURATING, true,  0.5, false",
    "NON_SATURATING, false, -40, false",
    "LEAST_SQUARES,  false, 0.5, true",
    "LEAST_SQUARES,  true,  0.5, false",
    "LEAST_SQUARES,  false, 0.0, false",
    "HINGE,          false, 0.5, true",
    "HINGE,          true,  0.5, true",
    "HINGE,          false, -1.5, false",
    "HINGE,          true,  -1.5, false",
  })
  void onePassServesBothWhereItIsExact(
      AdversarialObjective objective, boolean batchNorm, double output, boolean shared) {
    NetworkConfig network =
        ModelFixtures.networks()
            .filter(candidate -> candidate.batchNorm() == batchNorm)
            .findFirst()
            .orElseThrow();
    GanConfig config = ModelFixtures.gan(objective, network, Training.ONE_STAGE, 1);
    GanModel model = model(config, DataType.FLOAT);
    Logits logits =
        Logits.of(Nd4j.createFromArray(2f, (float) output, 3f).reshape(3, 1), NO_LABELS);

    assertThat(model.adversary().sharesBackwardPass(logits)).isEqualTo(shared);
  }

  /** Why batch normalisation takes a second pass. */
  @ParameterizedTest
  @EnumSource(names = {"NON_SATURATING", "LEAST_SQUARES"})
  void behindBatchNormalisationScaledErrorsWouldBeFarFromTheGenerators(
      AdversarialObjective objective) {
    NetworkConfig network =
        ModelFixtures.networks().filter(NetworkConfig::batchNorm).findFirst().orElseThrow();
    GanConfig config = ModelFixtures.gan(objective, network, Training.ONE_STAGE, 1);
    GanModel model = trained(config, DataType.DOUBLE);
    AdversarialLoss loss = new AdversarialLoss(objective, config.adversary().labelSmoothing());
    Net discriminator = net(model, "discriminator");
    INDArray fake = net(model, "generator").forward(model.drawInputs(NO_LABELS), Mode.TRAINING);
    Logits onFake = Logits.of(discriminator.forward(fake, Mode.TRAINING), NO_LABELS);

    INDArray scaled =
        discriminator
            .backward(onFake.meanGradient(loss::fakeGradient), ParameterGradients.SKIP)
            .reshape(BATCH, -1)
            .mul(onFake.column(loss::ratio));
    INDArray exact =
        discriminator
            .backward(onFake.meanGradient(loss::generatorGradient), ParameterGradients.SKIP)
            .reshape(BATCH, -1);

    assertThat(difference(scaled, exact)).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("oneStage")
  void theGeneratorLearnsThroughTheDiscriminatorBeforeItsUpdate(GanConfig config) {
    GanModel inOne = model(config, DataType.FLOAT);
    GanConfig other =
        ModelFixtures.gan(config.adversary().objective(), config.network(), Training.TWO_STAGE, 1);
    GanModel inTwo = model(other, DataType.FLOAT);
    Batch batch = ModelFixtures.batch(config, BATCH, 1);

    StepReport one = StepWorkspace.compute(() -> inOne.step(batch, Reporting.LOSSES));
    StepReport two = StepWorkspace.compute(() -> inTwo.step(batch, Reporting.LOSSES));

    assertThat(sameParameters(inOne, inTwo, "discriminator")).isTrue();
    assertThat(sameParameters(inOne, inTwo, "generator")).isFalse();
    assertThat(one.means().keySet()).isEqualTo(two.means().keySet());
    assertThat(one.means().get("discriminator"))
        .isEqualTo(two.means().get("discriminator"), within(1e-9));
    assertThat(one.means().get("generator")).isNotEqualTo(two.means().get("generator"));
  }

  private static boolean sameParameters(GanModel one, GanModel other, String net) {
    return Arrays.equals(net(one, net).copyParameters(), net(other, net).copyParameters());
  }
}
