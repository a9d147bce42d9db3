package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.Activation;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.Keyword;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.OptimizerConfig;

class NetTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 12);
  private static final int BATCH = 6;

  private static OptimizerConfig optimizer(OptimizerConfig.Kind kind) {
    return Configurations.optimizer("kind=" + Keyword.of(kind), "learningRate=1e-2");
  }

  private static NetworkConfig mlp(Activation activation, boolean batchNorm) {
    return mlp(activation, batchNorm, List.of(11, 7));
  }

  private static NetworkConfig mlp(Activation activation, boolean batchNorm, List<Integer> hidden) {
    return new NetworkConfig(
        NetworkConfig.Kind.MLP, hidden, List.of(), 4, 2, activation, batchNorm);
  }

  private static NetworkConfig conv(Activation activation, boolean batchNorm, int kernel) {
    return conv(activation, batchNorm, kernel, List.of(4, 5));
  }

  private static NetworkConfig conv(
      Activation activation, boolean batchNorm, int kernel, List<Integer> filters) {
    return new NetworkConfig(
        NetworkConfig.Kind.CONV, List.of(9), filters, kernel, 2, activation, batchNorm);
  }

  static Stream<Net> nets() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(
            type ->
                Stream.of(
                        mlp(Activation.RELU, false),
                        mlp(Activation.TANH, true),
                        mlp(Activation.SIGMOID, false),
                        // So large that the dense kernel multiplies the other way round.
                        mlp(Activation.LEAKY_RELU, false, List.of(1_100, 960)),
                        conv(Activation.RELU, false, 4),
                        conv(Activation.LEAKY_RELU, true, 4),
                        conv(Activation.TANH, true, 2),
                        // So many channels that windows are not made columns.
                        conv(Activation.RELU, true, 4, List.of(6, 9)))
                    .flatMap(network -> both(network, type)));
  }

  private static Stream<Net> both(NetworkConfig network, DataType type) {
    Architecture architecture =
        new Architecture(SHAPE, network, optimizer(OptimizerConfig.Kind.ADAM), type);
    return Stream.of(
        architecture.inwards("encoder", 10, network.activation(), 1),
        architecture.outwards("decoder", 5, 0, Optional.of(Activation.TANH), Head.NONE, 2));
  }

  private static INDArray random(INDArray like, long... shape) {
    return Nd4j.randn(like.dataType(), shape);
  }

  private static INDArray input(Net net, int seed) {
    // Seed 0 would be the time.
    Nd4j.getRandom().setSeed(seed + 1);
    return net.name().equals("encoder")
        ? random(net.parameters(), SHAPE.batchOf(BATCH))
        : random(net.parameters(), BATCH, 5);
  }

  /** What the stock network reads: flat rows where it has no convolutions. */
  private static INDArray stockInput(Net net, INDArray x) {
    return net.definition().inputShape().size() == 1 ? x.reshape('c', BATCH, -1) : x;
  }

  private static double distance(INDArray a, INDArray b) {
    INDArray flatA = a.dup('c').reshape(a.length());
    INDArray flatB = b.dup('c').reshape(b.length());
    return flatA.sub(flatB).norm2Number().doubleValue()
        / (1e-3 + flatB.norm2Number().doubleValue());
  }

  @ParameterizedTest
  @MethodSource("nets")
  void forwardAndBackwardEqualTheStockLayers(Net net) {
    INDArray x = input(net, 7);
    MultiLayerNetwork stock = net.stock();
    stock.setInput(stockInput(net, x));
    INDArray expected = stock.feedForward(true, false).get(stock.getnLayers()).dup();
    INDArray error = random(expected, expected.shape());
    Pair<Gradient, INDArray> stockBackward =
        stock.backpropGradient(error.dup(), LayerWorkspaceMgr.noWorkspaces());
    INDArray expectedGradients = net.gradients().dup();
    INDArray expectedInputError = stockBackward.getSecond().dup();
    net.gradients().assign(Double.NaN);

    INDArray actual = net.forward(x, Mode.TRAINING);
    assertThat(distance(actual, expected)).isLessThan(1e-5);
    INDArray inputError = net.backward(error.dup('c'), ParameterGradients.REPLACE);
    assertThat(distance(inputError, expectedInputError)).isLessThan(1e-4);
    assertThat(distance(net.gradients(), expectedGradients)).isLessThan(1e-4);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void inferenceEqualsTheStockOutput(Net net) {
    INDArray x = input(net, 8);
    net.forward(x, Mode.TRAINING);
    INDArray expected = net.stock().output(stockInput(net, x));
    assertThat(distance(net.forward(x, Mode.INFERENCE), expected)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void addingGradientsTwiceDoublesThemAndSkippingLeavesThem(Net net) {
    INDArray x = input(net, 9);
    INDArray y = net.forward(x, Mode.TRAINING);
    INDArray error = random(y, y.shape());
    INDArray inputError = net.backward(error.dup('c'), ParameterGradients.REPLACE).dup();
    INDArray once = net.gradients().dup();

    net.forward(x, Mode.TRAINING);
    net.backwardToParameters(error.dup('c'), ParameterGradients.ADD);
    assertThat(distance(net.gradients(), once.mul(2))).isLessThan(1e-5);

    net.forward(x, Mode.TRAINING);
    INDArray before = net.gradients().dup();
    INDArray passedThrough = net.backward(error.dup('c'), ParameterGradients.SKIP);
    assertThat(net.gradients()).isEqualTo(before);
    assertThat(distance(passedThrough, inputError)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void stateIsTakenOverExactly(Net net) {
    INDArray x = input(net, 10);
    step(net, x);
    float[] parameters = net.copyParameters();
    float[] updater = net.copyUpdater();
    assertThat(updater).isNotEmpty();

    step(net, x);
    float[] after = net.copyParameters();
    assertThat(after).isNotEqualTo(parameters);
    net.load(parameters, updater, 1);
    step(net, x);
    assertThat(net.iteration()).isEqualTo(2);
    assertThat(distance(net.parameters(), Nd4j.createFromArray(after))).isLessThan(1e-6);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void threeUpdatesEqualTheStockUpdater(Net net) {
    MultiLayerNetwork stock = net.stock().clone();
    for (int iteration = 0; iteration < 3; iteration++) {
      INDArray x = input(net, 20 + iteration);
      INDArray y = net.forward(x, Mode.TRAINING);
      INDArray error = random(y, y.shape());
      net.backwardToParameters(error.dup('c'), ParameterGradients.REPLACE);

      stock.setInput(stockInput(net, x));
      stock.feedForward(true, false);
      Gradient gradient =
          stock.backpropGradient(error, LayerWorkspaceMgr.noWorkspaces()).getFirst();
      // The same gradients: Adam makes whole steps of what is nothing but rounding.
      gradient.gradient().assign(net.gradients().reshape(gradient.gradient().shape()));
      net.update();
      stock
          .getUpdater()
          .update(stock, gradient, iteration, 0, BATCH, LayerWorkspaceMgr.noWorkspaces());
      stock.params().subi(gradient.gradient());
    }
    INDArray updated = stock.params().reshape(net.parameterCount());
    assertThat(distance(net.parameters(), updated)).isLessThan(1e-5);
    assertThat(distance(Nd4j.createFromArray(net.copyUpdater()), floats(stock))).isLessThan(1e-5);
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(OptimizerConfig.Kind.values())
        .flatMap(
            kind ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(kind, type)));
  }

  /** A network with statistics among its parameters. */
  private static Net normalised(DataType type, String... optimizer) {
    return new Architecture(
            SHAPE, mlp(Activation.RELU, true), Configurations.optimizer(optimizer), type)
        .inwards("encoder", 10, Activation.RELU, 1);
  }

  private static float[] afterThreeUpdates(Net net) {
    for (int i = 0; i < 3; i++) {
      Nd4j.getRandom().setSeed(30 + i);
      net.gradients().assign(random(net.gradients(), net.parameterCount()));
      net.update();
    }
    return net.copyParameters();
  }

  /** Halving is exact, so half the rate is the same to the bit however it comes about. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void aScaledRateIsThatRate(OptimizerConfig.Kind kind, DataType type) {
    String kindKey = "kind=" + Keyword.of(kind);
    Net scaled = normalised(type, kindKey, "learningRate=0.02");
    String published = scaled.stock().getLayerWiseConfigurations().toJson();
    scaled.scaleRate(0.5);
    float[] expected = afterThreeUpdates(normalised(type, kindKey, "learningRate=0.01"));

    assertThat(afterThreeUpdates(scaled)).isEqualTo(expected);
    assertThat(afterThreeUpdates(normalised(type, kindKey, "learningRate=0.02")))
        .isNotEqualTo(expected);
    assertThat(scaled.stock().getLayerWiseConfigurations().toJson()).isEqualTo(published);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void gradientsBelowTheLargestNormAreLeftAlone(OptimizerConfig.Kind kind, DataType type) {
    String kindKey = "kind=" + Keyword.of(kind);

    assertThat(afterThreeUpdates(normalised(type, kindKey, "clipNorm=1000")))
        .isEqualTo(afterThreeUpdates(normalised(type, kindKey)));
    assertThat(afterThreeUpdates(normalised(type, kindKey, "clipNorm=0.001")))
        .isNotEqualTo(afterThreeUpdates(normalised(type, kindKey)));
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void longerGradientsAreScaledToTheLargestNormWithoutTheStatistics(DataType type) {
    Net net = normalised(type, "kind=sgd", "learningRate=1", "clipNorm=2");
    StatisticsRange statistics = net.statistics().get(0);
    float[] before = net.copyParameters();
    net.gradients().assign(3);
    net.update();
    float[] after = net.copyParameters();

    double squares = 0;
    int weights = 0;
    for (int i = 0; i < after.length; i++) {
      double change = (double) before[i] - after[i];
      if (i >= statistics.mean() && i < statistics.variance() + statistics.length()) {
        assertThat(change).as("statistic %d", i).isEqualTo(3);
      } else {
        squares += change * change;
        weights++;
      }
    }
    assertThat(weights).isEqualTo(net.parameterCount() - 2L * statistics.length());
    assertThat(Math.sqrt(squares)).isCloseTo(2, within(1e-4));
  }

  private static INDArray floats(MultiLayerNetwork stock) {
    return stock.getUpdater().getStateViewArray().castTo(DataType.FLOAT);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void featuresAreTheInputOfTheLastDenseLayerAndStay(Net net) {
    for (Mode mode : Mode.values()) {
      INDArray x = input(net, 30);
      INDArray y = net.forward(x, mode);
      INDArray kept = net.features();
      INDArray copy = kept.dup('c');
      if (net.name().equals("encoder")) {
        MultiLayerNetwork stock = net.stock();
        INDArray last = stock.getLayer(stock.getnLayers() - 1).getParam("W");
        INDArray bias = stock.getLayer(stock.getnLayers() - 1).getParam("b");
        INDArray product = kept.mmul(last).addiRowVector(bias);
        assertThat(distance(product, y)).isLessThan(1e-5);
      }
      if (mode == Mode.TRAINING) {
        net.backward(y.dup('c'), ParameterGradients.REPLACE);
      }
      net.forward(input(net, 31), mode);
      assertThat(kept).isEqualTo(copy);
      assertThat(net.features()).isNotEqualTo(copy);
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void anErrorAtTheFeaturesIsAddedOnTheWay(Net net) {
    INDArray x = input(net, 32);
    INDArray y = net.forward(x, Mode.TRAINING);
    INDArray error = random(y, y.shape());
    INDArray featureError = random(y, net.features().shape());
    INDArray zero = y.like();
    INDArray one = net.backward(error.dup('c'), ParameterGradients.REPLACE).dup();
    INDArray gradients = net.gradients().dup();
    INDArray other = net.backward(zero, featureError, ParameterGradients.REPLACE).dup();
    gradients.addi(net.gradients());
    INDArray kept = featureError.dup();

    INDArray both = net.backward(error.dup('c'), featureError, ParameterGradients.REPLACE);

    assertThat(other.norm2Number().doubleValue()).isPositive();
    assertThat(featureError).isEqualTo(kept);
    assertThat(distance(both, one.add(other))).isLessThan(1e-4);
    // Running statistics step by the batch in every pass, whatever the error.
    for (StatisticsRange range : net.statistics()) {
      INDArray step =
          gradients.get(NDArrayIndex.interval(range.mean(), range.variance() + range.length()));
      step.divi(2);
    }
    assertThat(distance(net.gradients(), gradients)).isLessThan(1e-4);
  }

  private static void step(Net net, INDArray x) {
    StepWorkspace.run(
        () -> {
          INDArray y = net.forward(x, Mode.TRAINING);
          net.backwardToParameters(y.dup('c'), ParameterGradients.REPLACE);
          net.update();
        });
  }

  @Test
  void aStateOfAnotherSizeIsRefused() {
    Net net = both(mlp(Activation.RELU, false), DataType.FLOAT).findFirst().orElseThrow();
    assertThatThrownBy(() -> net.load(new float[3], new float[0], 0))
        .hasMessage("encoder parameters: expected " + net.parameterCount() + " numbers, found 3");
  }

  @Test
  void batchNormalisationSaysWhereItsStatisticsAre() {
    Net net = both(mlp(Activation.RELU, true), DataType.FLOAT).findFirst().orElseThrow();
    // 288 to 11 (not normalised), 11 to 7 (normalised), 7 to 10.
    int gamma = 288 * 11 + 11 + 11 * 7 + 7;
    assertThat(net.statistics()).containsExactly(new StatisticsRange(gamma + 14, gamma + 21, 7));
    assertThat(net.copyParameters()[gamma + 21]).isEqualTo(1f);
  }
}
