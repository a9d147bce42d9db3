package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.ClassifierConfig;
import org.sparkgen.config.GanConfig;
import org.sparkgen.config.Likelihood;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.PixelRange;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.StepWorkspace;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.SampleChunks;

/** What every model promises; a new family runs this unchanged. */
class GenerativeModelContractTest {
  private static final int BATCH = 6;
  private static final int EPOCH = 2;
  private static final long NOISE = 77;

  static Stream<ModelConfig> all() {
    return ModelFixtures.all();
  }

  static Stream<ModelConfig> encoders() {
    return thoseThatAre(Encoder.class);
  }

  static Stream<ModelConfig> evaluables() {
    return thoseThatAre(Evaluable.class);
  }

  static Stream<ModelConfig> generators() {
    return thoseThatAre(Generator.class);
  }

  static Stream<ModelConfig> samplers() {
    return thoseThatAre(Sampler.class);
  }

  private static Stream<ModelConfig> thoseThatAre(Class<?> capability) {
    return all()
        .filter(config -> capability.isInstance(ModelFixtures.create(config, DataType.FLOAT)));
  }

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  /** A model at the start of a round. */
  private static Trainable model(ModelConfig config) {
    return model(config, String::hashCode, NOISE);
  }

  private static Trainable model(
      ModelConfig config, ToLongFunction<String> weightSeed, long noiseSeed) {
    Trainable model = ModelFixtures.create(config, DataType.FLOAT, weightSeed);
    model.startRound(EPOCH, 0, noiseSeed);
    return model;
  }

  private static void steps(Trainable model, ModelConfig config, int from, int to) {
    for (int i = from; i < to; i++) {
      step(model, config, i, Reporting.NONE);
    }
  }

  private static StepReport step(
      Trainable model, ModelConfig config, int number, Reporting reporting) {
    Batch batch = ModelFixtures.batch(config, BATCH, number);
    return StepWorkspace.compute(() -> model.step(batch, reporting));
  }

  private static String digest(Trainable model) {
    return ModelState.snapshot(model).stateSha256();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStepChangesTheWeightsOfEveryNetworkThatLearnsInIt(ModelConfig config) {
    Trainable model = model(config);
    int period = config instanceof GanConfig gan ? gan.discriminatorSteps() : 1;
    for (int i = 0; i < 2 * period + 1; i++) {
      Snapshot before = ModelState.snapshot(model);
      Map<String, Double> means = step(model, config, i, Reporting.LOSSES).means();
      Snapshot after = ModelState.snapshot(model);
      for (String net : before.nets().keySet()) {
        boolean learns =
            switch (net) {
              case "generator" -> i % period == 0;
              case "discriminator" -> means.getOrDefault("discriminatorLearned", 1.0) == 1;
              default -> true;
            };
        checkStep(net + " in step " + i, before.nets().get(net), after.nets().get(net), learns);
      }
    }
  }

  private static void checkStep(String where, NetState before, NetState after, boolean learns) {
    int changed = 0;
    for (int i = 0; i < before.parameters().length; i++) {
      changed += before.parameters()[i] == after.parameters()[i] ? 0 : 1;
      assertThat(after.parameters()[i]).as(where).isFinite();
    }
    if (learns) {
      // Not all: of a kernel wider than its picture some columns never meet it.
      assertThat(changed).as(where).isGreaterThan(before.parameters().length / 2);
      assertThat(after.iteration()).as(where).isEqualTo(before.iteration() + 1);
    } else {
      assertThat(changed).as(where).isZero();
      assertThat(after.updater()).as(where).containsExactly(before.updater());
      assertThat(after.iteration()).as(where).isEqualTo(before.iteration());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void reportingDoesNotChangeTraining(ModelConfig config) {
    Trainable silent = model(config);
    Trainable talking = model(config);
    for (int i = 0; i < 4; i++) {
      assertThat(step(silent, config, i, Reporting.NONE).means()).isEmpty();
      assertThat(step(talking, config, i, Reporting.LOSSES).means())
          .isNotEmpty()
          .allSatisfy((name, mean) -> assertThat(mean).as(name).isFinite());
    }

    assertThat(digest(talking)).isEqualTo(digest(silent));
  }

  @ParameterizedTest
  @MethodSource("all")
  void readingChangesNothing(ModelConfig config) {
    Trainable read = model(config);
    Trainable left = model(config);
    steps(read, config, 0, 2);
    steps(left, config, 0, 2);
    readEverything(read, config);

    assertThat(digest(read)).isEqualTo(digest(left));
    steps(read, config, 2, 4);
    steps(left, config, 2, 4);
    assertThat(digest(read)).as("after further steps").isEqualTo(digest(left));
  }

  private static void readEverything(Trainable model, ModelConfig config) {
    Batch batch = ModelFixtures.batch(config, BATCH + 1, 1000);
    if (model instanceof Evaluable evaluable) {
      StepWorkspace.compute(() -> evaluable.evaluate(batch, 5));
    }
    if (model instanceof Encoder encoder) {
      assertThat(encoder.encode(batch).means()).hasSize((BATCH + 1) * config.latent());
    }
    if (model instanceof Reconstructor reconstructor) {
      StepWorkspace.run(() -> reconstructor.reconstruct(batch));
    }
    if (model instanceof LikelihoodEstimator estimator) {
      estimator.logWeights(
          batch, 3, place -> place, (example, logWeight) -> assertThat(logWeight).isFinite());
      assertThat(estimator.posterior(batch).means()).hasSize((BATCH + 1) * config.latent());
    }
    for (AnomalyScore score : AnomalyScore.values()) {
      HiddenLayer.of(model, score)
          .ifPresent(
              layer -> assertThat(layer.look(batch).values()).hasSize((BATCH + 1) * layer.size()));
    }
    if (model instanceof Sampler sampler) {
      SampleChunks.values(sampler, 5, 0);
    }
    if (model instanceof Generator generator) {
      SampleChunks.generate(generator, new float[2 * generator.inputSize()]);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aLoadedStateIsEqualAndGoesOnEqually(ModelConfig config) {
    Trainable saved = model(config);
    steps(saved, config, 0, 2);
    Snapshot state = ModelState.snapshot(saved);
    Trainable loaded = model(config, name -> 9, 123);
    steps(loaded, config, 50, 51);
    ModelState.load(state, loaded);

    Snapshot again = ModelState.snapshot(loaded);
    assertThat(again.nets().keySet()).isEqualTo(state.nets().keySet());
    state
        .nets()
        .forEach(
            (name, net) -> {
              NetState copy = again.nets().get(name);
              assertThat(Arrays.equals(copy.parameters(), net.parameters())).as(name).isTrue();
              assertThat(Arrays.equals(copy.updater(), net.updater())).as(name).isTrue();
              assertThat(copy.iteration()).as(name).isEqualTo(net.iteration());
            });
    for (Trainable model : new Trainable[] {saved, loaded}) {
      model.startRound(EPOCH + 1, 0, 31);
      steps(model, config, 2, 5);
    }
    assertThat(digest(loaded)).isEqualTo(digest(saved));
    assertThat(state.stateSha256()).as("a snapshot is a copy").isEqualTo(again.stateSha256());
  }

  @ParameterizedTest
  @MethodSource("all")
  void seedsDecideEverything(ModelConfig config) {
    Trainable model = model(config);
    Trainable same = model(config);
    Trainable otherNoise = model(config, String::hashCode, NOISE + 1);
    Trainable otherWeights = model(config, name -> name.hashCode() + 1, NOISE);
    assertThat(digest(same)).isEqualTo(digest(model));
    assertThat(digest(otherWeights)).isNotEqualTo(digest(model));
    for (Trainable each : new Trainable[] {model, same, otherNoise, otherWeights}) {
      steps(each, config, 0, 2);
    }

    assertThat(digest(same)).isEqualTo(digest(model));
    assertThat(digest(otherWeights)).isNotEqualTo(digest(model));
    assertThat(digest(otherNoise).equals(digest(model)))
        .as("a model without noise does not depend on its seed, others do")
        .isEqualTo(withoutNoise(config));
  }

  private static boolean withoutNoise(ModelConfig config) {
    return config instanceof ClassifierConfig
        || (config instanceof AutoencoderConfig auto && !auto.variational());
  }

  @ParameterizedTest
  @MethodSource("generators")
  void generatedExamplesHaveTheShapeAndTheRangeOfTheData(ModelConfig config) {
    Trainable model = model(config);
    steps(model, config, 0, 3);
    Generator generator = (Generator) model;
    int size = ModelFixtures.LATENT + config.classes();
    float[] inputs = new float[4 * size];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i - inputs.length / 2;
    }
    long[] shape =
        StepWorkspace.compute(
            () -> generator.generate(Nd4j.createFromArray(inputs).reshape(4, size)).shape());

    assertThat(generator.latentSize()).isEqualTo(config.latent());
    assertThat(generator.inputSize()).isEqualTo(size);
    assertThat(shape).containsExactly(ModelFixtures.SHAPE.batchOf(4));
    checkRange(config, SampleChunks.generate(generator, inputs));
  }

  private static void checkRange(ModelConfig config, float[] values) {
    boolean bounded =
        !(config instanceof AutoencoderConfig auto) || auto.likelihood() == Likelihood.BERNOULLI;
    float lowest = config.pixelRange() == PixelRange.UNIT ? 0 : -1;
    for (float value : values) {
      assertThat(value).isFinite();
      if (bounded) {
        assertThat(value).isBetween(lowest, 1f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void latentsAndReconstructionsHaveTheirShapes(ModelConfig config) {
    Trainable model = model(config);
    steps(model, config, 0, 3);
    Batch batch = ModelFixtures.batch(config, BATCH, 9);
    INDArray examples = batch.examples().dup();
    Encoding codes = ((Encoder) model).encode(batch);
    assertThat(codes.size()).isEqualTo(ModelFixtures.LATENT);
    assertThat(codes.means()).hasSize(BATCH * ModelFixtures.LATENT);
    assertThat(codes.variances())
        .hasSize(model instanceof Sampler ? BATCH * ModelFixtures.LATENT : 0)
        .doesNotContain(0);
    StepWorkspace.run(
        () -> {
          INDArray copies = ((Reconstructor) model).reconstruct(batch);
          assertThat(copies.shape()).containsExactly(examples.shape());
          checkRange(config, Pixels.values(copies));
        });
    assertThat(batch.examples()).as("the batch").isEqualTo(examples);
  }

  @ParameterizedTest
  @MethodSource("evaluables")
  void evaluationIsAFunctionOfStateBatchAndSeed(ModelConfig config) {
    Trainable model = model(config);
    steps(model, config, 0, 2);
    Evaluable evaluable = (Evaluable) model;
    Batch batch = ModelFixtures.batch(config, BATCH, 9);
    StepReport first = StepWorkspace.compute(() -> evaluable.evaluate(batch, 4));
    model.startRound(0, 0, 1);
    StepReport again = StepWorkspace.compute(() -> evaluable.evaluate(batch, 4));
    StepReport other = StepWorkspace.compute(() -> evaluable.evaluate(batch, 5));

    assertThat(first.means()).isNotEmpty();
    assertThat(again.means()).isEqualTo(first.means());
    assertThat(other.means().equals(first.means()))
        .as("only a model without noise ignores the seed")
        .isEqualTo(withoutNoise(config));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aSampleDependsOnItsNumberOnly(ModelConfig config) {
    Trainable model = model(config);
    steps(model, config, 0, 3);
    Sampler sampler = (Sampler) model;
    float[] all = sampler.inputs(8, 0, 200);
    int width = config.latent() + config.classes();

    assertThat(all).hasSize(200 * width);
    assertThat(sampler.inputs(8, 37, 5))
        .containsExactly(Arrays.copyOfRange(all, 37 * width, 42 * width));
    for (int i = 0; i < 200 && config.classes() > 0; i++) {
      assertThat(all[i * width + config.latent() + i % config.classes()]).isEqualTo(1);
    }
    assertThat(sampler.inputs(9, 0, 200)).isNotEqualTo(all);
    for (float number : sampler.inputs(8, 0, 200, SampleChoice.all().within(0.3))) {
      assertThat(Math.abs(number) <= 0.3 || number == 1)
          .as("%s is of the middle, or a one-hot class", number)
          .isTrue();
    }

    byte[] many = SampleChunks.pixels(sampler, config.pixelRange(), 8, 200, SampleChoice.all());
    int size = ModelFixtures.SHAPE.size();
    assertThat(many).hasSize(200 * size);
    assertThat(SampleChunks.pixels(sampler, config.pixelRange(), 8, 10, SampleChoice.all()))
        .containsExactly(Arrays.copyOf(many, 10 * size));
    assertThat(SampleChunks.pixels(sampler, config.pixelRange(), 9, 10, SampleChoice.all()))
        .isNotEqualTo(Arrays.copyOf(many, 10 * size));
  }
}
