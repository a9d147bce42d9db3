package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.AutoencoderConfig;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.Family;
import org.sparkgen.config.GanConfig.Prior;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;
import org.sparkgen.config.ModelConfig;
import org.sparkgen.config.VectorShape;
import org.sparkgen.data.Batch;
import org.sparkgen.data.SplitMix64;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.Numbers;
import org.sparkgen.nn.OnnxFile;
import org.sparkgen.nn.StepWorkspace;

/** Exported networks, run by ONNX Runtime, against the model's own answers. */
class OnnxNetworksTest {
  private static final double TOLERANCE = 1e-4;
  private static final int BATCH = 5;
  private static final ImageShape ODD = new ImageShape(3, 12, 8);

  /** A model and what it is of. */
  record Subject(ModelConfig config, ExampleShape shape) {
    Trainable create(DataType type) {
      return new ModelFactory(
              shape, Configurations.optimizer("learningRate=1e-2"), type, String::hashCode)
          .create(config);
    }
  }

  static Stream<Subject> all() {
    Stream<? extends ModelConfig> small =
        Stream.of(
                ModelFixtures.autoencoders(),
                ModelFixtures.latentVariants(),
                ModelFixtures.classifiers())
            .flatMap(Function.identity());
    return Stream.concat(small.map(config -> new Subject(config, ModelFixtures.SHAPE)), odd());
  }

  private static Stream<Subject> odd() {
    String[] conv = {"network=conv", "filters=[5, 4]", "hidden=[]", "latent=3"};
    String[] mlp = {"network=mlp", "hidden=[9, 6]", "latent=3"};
    return Stream.of(
        of(Family.VAE, conv, "activation=leaky-relu", "batchNorm=true", "kernel=5", "stride=1"),
        of(Family.VAE, mlp, "activation=leaky-relu", "batchNorm=true", "classes=3"),
        of(Family.BETA_VAE, conv, "kernel=6", "likelihood=gaussian", "classes=3"),
        of(Family.AUTOENCODER, conv, "kernel=2", "activation=tanh"),
        of(Family.GAN, conv, "batchNorm=true", "spectralNorm=true", "classes=3"),
        of(Family.GAN, mlp, "batchNorm=true", "spectralNorm=true", "pixelRange=unit"),
        of(Family.VAE_GAN, conv, "batchNorm=true", "spectralNorm=true", "kernel=6"),
        of(Family.VAE_GAN, mlp, "activation=sigmoid", "pixelRange=unit", "batchNorm=true"),
        of(Family.CLASSIFIER, new String[] {"network=conv", "batchNorm=true"}, "classes=3"),
        new Subject(
            Configurations.model(Family.AUTOENCODER, "likelihood=gaussian", "hidden=[]"),
            new VectorShape(7)));
  }

  private static Subject of(Family family, String[] network, String... settings) {
    String[] both =
        Stream.concat(Arrays.stream(network), Arrays.stream(settings)).toArray(String[]::new);
    return new Subject(Configurations.model(family, both), ODD);
  }

  @Test
  void aNetworkThatNoFileCanHoldIsRefused() {
    assertThatCode(() -> OnnxNetworks.requireFits("encoder", 536_000_000))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> OnnxNetworks.requireFits("encoder", 700_000_000))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(
            "cannot export the encoder: its 700,000,000 parameters take 2.61 GiB, but an ONNX file"
                + " ends at 2 GiB; load artifacts/encoder.zip");
  }

  @AfterAll
  static void release() {
    StepWorkspace.release();
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyNetworkComputesTheSame(Subject subject) throws OrtException {
    Trainable model = subject.create(DataType.FLOAT);
    model.startRound(0, 0, 1);
    for (int i = 0; i < 3; i++) {
      Batch batch = batch(subject, i);
      StepWorkspace.run(() -> model.step(batch, Reporting.NONE));
    }
    compare(subject, model);
  }

  @Test
  void weightsInDoublePrecisionAreRounded() throws OrtException {
    for (ModelConfig config : ModelFixtures.classifiers().toList()) {
      Subject subject = new Subject(config, ModelFixtures.SHAPE);
      compare(subject, subject.create(DataType.DOUBLE));
    }
  }

  private static void compare(Subject subject, Trainable model) throws OrtException {
    Map<String, Map<String, double[]>> expected = expected(subject, model);
    Map<String, byte[]> files = new TreeMap<>();
    OnnxNetworks.of(model, subject.config(), subject.shape())
        .forEach((name, graph) -> files.put(name, graph.file("", "test", Map.of())));
    assertThat(files).containsOnlyKeys(expected.keySet());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (OnnxFile onnx = new OnnxFile(file.getValue())) {
        Map<String, INDArray> inputs = new TreeMap<>(inputs(subject));
        inputs.keySet().retainAll(onnx.inputs().keySet());
        compare(file.getKey(), onnx.run(inputs), expected.get(file.getKey()));
      }
    }
  }

  private static void compare(
      String net, Map<String, float[]> actual, Map<String, double[]> expected) {
    assertThat(actual).as(net).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, values) -> {
          float[] found = actual.get(name);
          assertThat(found).as("%s of %s", name, net).hasSameSizeAs(values);
          for (int i = 0; i < values.length; i++) {
            assertThat((double) found[i])
                .as("number %d of %s of %s", i, name, net)
                .isCloseTo(values[i], within(TOLERANCE));
          }
        });
  }

  /** A batch of inputs by the names that files give them. */
  private static Map<String, INDArray> inputs(Subject subject) {
    Batch batch = batch(subject, 99);
    Map<String, INDArray> inputs = new TreeMap<>();
    inputs.put("example", batch.examples());
    inputs.put("latent", latents(subject.config()));
    int classes = subject.config().classes();
    if (classes > 0) {
      INDArray oneHot = Nd4j.zeros(DataType.FLOAT, BATCH, classes);
      for (int i = 0; i < BATCH; i++) {
        oneHot.putScalar(i, batch.labels()[i], 1);
      }
      inputs.put("class", oneHot);
    }
    return inputs;
  }

  private static INDArray latents(ModelConfig config) {
    return new Noise(5).draw(Prior.NORMAL, DataType.FLOAT, BATCH, config.latent()).detach();
  }

  private static Batch batch(Subject subject, long seed) {
    SplitMix64 source = new SplitMix64(seed);
    float[] values = new float[BATCH * subject.shape().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = subject.config().pixelRange().toModel(source.below(256));
    }
    int classes = Math.max(1, subject.config().classes());
    int[] labels = IntStream.range(0, BATCH).map(i -> (i * i + 1) % classes).toArray();
    return new Batch(Nd4j.createFromArray(values).reshape(subject.shape().batchOf(BATCH)), labels);
  }

  /** Network, output, numbers. */
  private static Map<String, Map<String, double[]>> expected(Subject subject, Trainable model) {
    Map<String, Map<String, double[]>> expected = new TreeMap<>();
    Batch batch = batch(subject, 99);
    model
        .nets()
        .forEach(
            (name, net) ->
                expected.put(
                    name,
                    StepWorkspace.compute(() -> answers(subject.config(), model, net, batch))));
    return expected;
  }

  private static Map<String, double[]> answers(
      ModelConfig config, Trainable model, Net net, Batch batch) {
    DataType type = net.parameters().dataType();
    INDArray examples = batch.examples().castTo(type);
    return switch (net.name()) {
      case "encoder" -> encoded(config, Numbers.of(net.forward(examples, Mode.INFERENCE)));
      case "decoder", "generator" -> {
        INDArray inputs =
            OneHot.append(latents(config).castTo(type), batch.labels(), config.classes());
        yield Map.of("example", Numbers.of(((Generator) model).generate(inputs)));
      }
      case "discriminator" -> {
        Logits logits = Logits.of(net.forward(examples, Mode.INFERENCE), batch.labels());
        yield Map.of("score", logits.map(x -> x), "features", Numbers.of(net.features()));
      }
      case "classifier" -> {
        double[] logits = Numbers.of(net.forward(examples, Mode.INFERENCE));
        yield Map.of(
            "probabilities",
            softmax(logits, config.classes()),
            "features",
            Numbers.of(net.features()));
      }
      default -> throw new AssertionError(net.name());
    };
  }

  private static Map<String, double[]> encoded(ModelConfig config, double[] rows) {
    if (config instanceof AutoencoderConfig autoencoder && !autoencoder.variational()) {
      return Map.of("latent", rows);
    }
    double[] means = new double[rows.length / 2];
    double[] logVariances = new double[rows.length / 2];
    int latent = config.latent();
    for (int i = 0; i < means.length; i++) {
      int at = i / latent * 2 * latent + i % latent;
      means[i] = rows[at];
      logVariances[i] = rows[at + latent];
    }
    return Map.of("mean", means, "logVariance", logVariances);
  }

  private static double[] softmax(double[] logits, int classes) {
    double[] result = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      int row = i - i % classes;
      double sum = Arrays.stream(logits, row, row + classes).map(Math::exp).sum();
      result[i] = Math.exp(logits[i]) / sum;
    }
    return result;
  }
}
