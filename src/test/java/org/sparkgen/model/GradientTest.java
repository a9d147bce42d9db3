package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AdversarialObjective;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.VaeGanConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.Nudge;
import org.sparkgen.nn.StatisticsRange;
import org.sparkgen.nn.StepWorkspace;

/**
 * Gradients of whole steps against central differences, in double precision: of every third
 * parameter, beginning with another one in networks of other sizes.
 */
class GradientTest {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;
  private static final int BATCH = 5;
  private static final int EVERY = 3;

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  static Stream<ModelConfig> autoencoders() {
    return Stream.concat(ModelFixtures.autoencoders(), ModelFixtures.latentVariants());
  }

  /** In one stage, one objective; {@link OneStageTest} compares the others with two stages. */
  static Stream<GanConfig> gans() {
    Stream<GanConfig> plain =
        ModelFixtures.gans()
            .filter(
                gan ->
                    gan.training() == GanConfig.Training.TWO_STAGE
                        || gan.adversary().objective() == AdversarialObjective.NON_SATURATING);
    return Stream.concat(plain, ModelFixtures.adversaries());
  }

  @ParameterizedTest
  @MethodSource("autoencoders")
  void autoencoderStep(ModelConfig model) {
    AutoencoderConfig config = (AutoencoderConfig) model;
    AutoencoderModel autoencoder = (AutoencoderModel) ModelFixtures.create(config, DataType.DOUBLE);
    Batch batch = batch(config);
    Optional<INDArray> epsilon =
        config.variational()
            ? Optional.of(
                Nd4j.randn(
                    DataType.DOUBLE,
                    (long) BATCH * config.importanceSamples(),
                    ModelFixtures.LATENT))
            : Optional.empty();
    autoencoder.gradients(batch, epsilon, Reporting.NONE);
    for (Net net : autoencoder.nets().values()) {
      check(net, net.gradients().dup(), () -> autoencoder.objective(batch, epsilon));
    }
  }

  /** Random examples of all classes in turn. */
  private static Batch batch(ModelConfig config) {
    int[] labels = IntStream.range(0, BATCH).map(i -> i % Math.max(1, config.classes())).toArray();
    return new Batch(Nd4j.rand(DataType.DOUBLE, ModelFixtures.SHAPE.batchOf(BATCH)), labels);
  }

  @ParameterizedTest
  @MethodSource("gans")
  void discriminatorAndGeneratorStep(GanConfig config) {
    GanModel model = (GanModel) ModelFixtures.create(config, DataType.DOUBLE);
    Batch batch = batch(config);
    INDArray inputs = model.drawInputs(batch.labels());
    Net generator = model.nets().get("generator");
    Net discriminator = model.nets().get("discriminator");
    INDArray generated = generator.forward(inputs, Mode.TRAINING);
    Shown real = model.adversary().show(batch.examples(), batch.labels());
    Shown fake = model.adversary().show(generated, batch.labels());
    switch (config.training()) {
      case TWO_STAGE -> {
        model.discriminatorGradients(real, fake, new StepMeans(Reporting.NONE));
        INDArray before = discriminator.gradients().dup();
        model.generatorGradients(fake, new StepMeans(Reporting.NONE));
        assertThat(discriminator.gradients()).isEqualTo(before);
      }
      case ONE_STAGE -> model.gradientsOfBoth(real, fake, new StepMeans(Reporting.NONE));
    }
    INDArray discriminatorGradients = discriminator.gradients().dup();
    INDArray generatorGradients = generator.gradients().dup();

    check(discriminator, discriminatorGradients, () -> model.discriminatorObjective(real, fake));
    check(generator, generatorGradients, () -> model.generatorObjective(inputs, fake));
  }

  /** Those that all learn in every step, without settings or, of one, with all. */
  static Stream<VaeGanConfig> vaeGans() {
    return ModelFixtures.vaeGans()
        .filter(config -> config.gate() == 0)
        .filter(
            config ->
                config.adversary().augmentation().cutout()
                    || config.adversary().objective() != AdversarialObjective.NON_SATURATING);
  }

  @ParameterizedTest
  @MethodSource("vaeGans")
  void vaeGanStep(VaeGanConfig config) {
    VaeGanModel model = (VaeGanModel) ModelFixtures.create(config, DataType.DOUBLE);
    INDArray x = batch(config).examples();
    VaeGanModel.Draws draws = model.draw(BATCH);
    assertThat(model.gradients(x, draws, new StepMeans(Reporting.NONE))).isEqualTo(Turn.BOTH);
    Map<String, INDArray> gradients = new TreeMap<>();
    model.nets().forEach((name, net) -> gradients.put(name, net.gradients().dup()));

    for (Net net : model.nets().values()) {
      check(net, gradients.get(net.name()), () -> model.objectives(x, draws).get(net.name()));
    }
  }

  static Stream<ClassifierConfig> classifiers() {
    return ModelFixtures.classifiers();
  }

  @ParameterizedTest
  @MethodSource("classifiers")
  void classifierStep(ClassifierConfig config) {
    ClassifierModel model = (ClassifierModel) ModelFixtures.create(config, DataType.DOUBLE);
    INDArray x = Nd4j.rand(DataType.DOUBLE, ModelFixtures.SHAPE.batchOf(BATCH));
    Batch batch = new Batch(x, new int[] {0, 3, 1, 1, 2});
    model.gradients(batch, Reporting.NONE);
    Net net = model.nets().get("classifier");
    check(net, net.gradients().dup(), () -> model.objective(batch));
  }

  private static void check(Net net, INDArray gradients, DoubleSupplier objective) {
    INDArray parameters = net.parameters();
    int first = Math.toIntExact(parameters.length() % EVERY);
    for (int i = first; i < parameters.length(); i += EVERY) {
      if (isStatistic(net, i)) {
        continue;
      }
      double value = parameters.getDouble(i);
      double above = at(net, i, value + STEP, objective);
      double below = at(net, i, value - STEP, objective);
      Nudge.set(net, i, value);
      double expected = (above - below) / (2 * STEP);
      double actual = gradients.getDouble(i);
      assertThat(Math.abs(actual - expected))
          .as("%s parameter %d: expected %s, found %s", net.name(), i, expected, actual)
          .isLessThan(TOLERANCE * Math.max(1, Math.abs(expected)));
    }
  }

  private static double at(Net net, int index, double value, DoubleSupplier objective) {
    Nudge.set(net, index, value);
    return StepWorkspace.compute(objective::getAsDouble);
  }

  private static boolean isStatistic(Net net, int index) {
    for (StatisticsRange range : net.statistics()) {
      if (index >= range.mean() && index < range.variance() + range.length()) {
        return true;
      }
    }
    return false;
  }
}
