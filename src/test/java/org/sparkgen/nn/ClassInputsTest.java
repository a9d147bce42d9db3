package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.Activation;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;

class ClassInputsTest {
  private static final int LATENTS = 100;
  private static final int HIDDEN = 200;

  private final Architecture architecture =
      new Architecture(
          new ImageShape(1, 8, 8),
          new NetworkConfig(
              NetworkConfig.Kind.MLP, List.of(HIDDEN), List.of(), 4, 2, Activation.RELU, false),
          Configurations.optimizer(),
          DataType.DOUBLE);

  @Test
  void aClassBeginsWithTheSayOfTheWholeLatentVector() {
    INDArray weights = inputWeights(50);

    assertThat(deviation(weights, LATENTS, LATENTS + 50) / deviation(weights, 0, LATENTS))
        .isCloseTo(Math.sqrt(LATENTS), within(0.2));
  }

  @Test
  void withoutClassesAllInputsBeginAlike() {
    INDArray weights = inputWeights(0);

    assertThat(deviation(weights, LATENTS / 2, LATENTS) / deviation(weights, 0, LATENTS / 2))
        .isCloseTo(1, within(0.02));
  }

  private INDArray inputWeights(int classes) {
    Net net = architecture.outwards("decoder", LATENTS, classes, Optional.empty(), Head.NONE, 3);
    int inputs = LATENTS + classes;
    return net.parameters()
        .get(NDArrayIndex.interval(0, inputs * HIDDEN))
        .reshape('f', inputs, HIDDEN);
  }

  private static double deviation(INDArray weights, int from, int to) {
    return weights
        .get(NDArrayIndex.interval(from, to), NDArrayIndex.all())
        .dup()
        .stdNumber()
        .doubleValue();
  }
}
