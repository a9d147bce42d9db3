package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.Activation;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;

class SpectralNormTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 12);
  private static final int BATCH = 6;
  private static final double STEP = 1e-5;

  static Stream<NetworkConfig> networks() {
    return Stream.of(
        new NetworkConfig(
            NetworkConfig.Kind.MLP, List.of(11, 7), List.of(), 4, 2, Activation.TANH, false),
        new NetworkConfig(
            NetworkConfig.Kind.CONV, List.of(9), List.of(4, 5), 4, 2, Activation.TANH, true));
  }

  private static Net net(NetworkConfig network, DataType type) {
    return new Architecture(SHAPE, network, Configurations.optimizer("learningRate=1e-2"), type)
        .inwards("discriminator", 3, Activation.TANH, WeightNormalization.SPECTRAL, 4);
  }

  private static INDArray input(Net net, long seed) {
    // Seed 0 would be the time.
    Nd4j.getRandom().setSeed(seed + 1);
    return Nd4j.randn(net.parameters().dataType(), SHAPE.batchOf(BATCH));
  }

  private static void steps(Net net, int from, int to) {
    for (int i = from; i < to; i++) {
      INDArray x = input(net, i);
      StepWorkspace.run(
          () -> {
            INDArray y = net.forward(x, Mode.TRAINING);
            net.backwardToParameters(y.dup('c').subi(3), ParameterGradients.REPLACE);
            net.update();
          });
    }
  }

  /** Of every weight matrix, convolutions as {@code [out, in k k]}. */
  private static List<Double> largestSingularValues(MultiLayerNetwork network) {
    List<Double> largest = new ArrayList<>();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      INDArray weights = layer.paramTable().get("W");
      if (weights != null) {
        INDArray matrix = weights.dup('c').reshape(weights.size(0), -1).castTo(DataType.DOUBLE);
        largest.add(
            new SingularValueDecomposition(new Array2DRowRealMatrix(matrix.toDoubleMatrix()))
                .getNorm());
      }
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theLargestSingularValueOfEveryWeightIsOneAndTheParametersAreNot(NetworkConfig network) {
    Net net = net(network, DataType.FLOAT);
    steps(net, 0, 30);
    net.load(net.copyParameters(), net.copyUpdater(), net.iteration());
    steps(net, 30, 40);

    assertThat(largestSingularValues(net.stockAsComputed()))
        .hasSize(network.hidden().size() + network.filters().size() + 1)
        .allSatisfy(value -> assertThat(value).isEqualTo(1, within(1e-2)));
    assertThat(largestSingularValues(net.stock()))
        .anySatisfy(value -> assertThat(value).isNotCloseTo(1.0, within(0.1)));
  }

  /** Fresh weights have large singular values that lie close together. */
  @Test
  void fromTheFirstStepOnSingularValuesAreRight() {
    Net net =
        net(
            new NetworkConfig(
                NetworkConfig.Kind.MLP, List.of(150, 100), List.of(), 4, 2, Activation.TANH, false),
            DataType.FLOAT);

    assertThat(largestSingularValues(net.stockAsComputed()))
        .allSatisfy(value -> assertThat(value).isEqualTo(1, within(3e-3)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aLoadedStateGoesOnAsAfterAnotherLoad(NetworkConfig network) {
    Net net = net(network, DataType.FLOAT);
    steps(net, 0, 3);
    float[] parameters = net.copyParameters();
    float[] updater = net.copyUpdater();
    net.load(parameters, updater, 3);
    steps(net, 3, 6);
    Net other = net(network, DataType.FLOAT);
    steps(other, 50, 55);
    other.load(parameters, updater, 3);
    steps(other, 3, 6);

    assertThat(other.copyParameters()).containsExactly(net.copyParameters());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseWithConstantSingularVectors(NetworkConfig network) {
    Net net = net(network, DataType.DOUBLE);
    INDArray x = input(net, 1);
    INDArray error = Nd4j.randn(DataType.DOUBLE, BATCH, 3);
    for (ParameterGradients mode :
        List.of(ParameterGradients.REPLACE, ParameterGradients.ADD, ParameterGradients.SKIP)) {
      net.forward(x, Mode.TRAINING);
      net.backward(error.dup('c'), mode);
    }
    INDArray gradients = net.gradients().dup();
    assertThat(net.gradients()).isEqualTo(gradients);

    for (int i = 0; i < net.parameterCount(); i++) {
      if (isStatistic(net, i)) {
        continue;
      }
      double value = net.parameters().getDouble(i);
      double above = objective(net, i, value + STEP, x, error);
      double below = objective(net, i, value - STEP, x, error);
      net.parameters().putScalar(i, value);
      // REPLACE and ADD: twice.
      assertThat(gradients.getDouble(i)).isEqualTo((above - below) / STEP, within(1e-6));
    }
  }

  private static double objective(Net net, int index, double value, INDArray x, INDArray error) {
    net.nudge(index, value);
    return net.forward(x, Mode.TRAINING).mul(error).sumNumber().doubleValue();
  }

  private static boolean isStatistic(Net net, int index) {
    return net.statistics().stream()
        .anyMatch(range -> index >= range.mean() && index < range.variance() + range.length());
  }

  @Test
  void gradientsThatWereReadCannotBeAddedTo() {
    Net net = net(networks().findFirst().orElseThrow(), DataType.FLOAT);
    INDArray y = net.forward(input(net, 1), Mode.TRAINING);
    net.backward(y.dup('c'), ParameterGradients.REPLACE);
    net.gradients();

    assertThatThrownBy(() -> net.backward(y.dup('c'), ParameterGradients.ADD))
        .hasMessage("can't add to gradients that were read before");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theArtifactComputesWhatTheNetDoes(NetworkConfig network) throws IOException {
    Net net = net(network, DataType.FLOAT);
    steps(net, 0, 5);
    INDArray x = input(net, 9);
    INDArray expected = net.forward(x, Mode.INFERENCE);
    float[] parameters = net.copyParameters();

    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(StockArtifact.zip(net)));
    INDArray flat = network.filters().isEmpty() ? x.reshape(BATCH, SHAPE.size()) : x;

    assertThat(restored.output(flat).distance2(expected)).isLessThan(1e-5);
    assertThat(net.stock().output(flat).distance2(expected)).isGreaterThan(1e-2);
    assertThat(net.copyParameters()).containsExactly(parameters);
  }
}
