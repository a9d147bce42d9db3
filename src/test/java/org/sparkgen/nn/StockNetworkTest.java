package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.JobException;

class StockNetworkTest {
  private static final ImageShape SHAPE = new ImageShape(1, 2, 3);

  /** A network of two layers, as DL4J saves it. */
  static byte[] zip(DataType type) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(type)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(4).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    network.setParams(
        Nd4j.linspace(DataType.FLOAT, -1, 0.0625, network.numParams())
            .castTo(type)
            .reshape(1, network.numParams()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, false);
    return bytes.toByteArray();
  }

  /** Weights count up by 1/16 from -1, input by input within an output. */
  private static double feature(double[] example, int output) {
    double sum = -1 + (24 + output) / 16.0;
    for (int i = 0; i < 6; i++) {
      sum += example[i] * (-1 + (output * 6 + i) / 16.0);
    }
    return Math.max(0, sum);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE", "HALF"})
  void givesTheSameFeaturesWhateverItComputesWith(DataType type) throws IOException {
    StockNetwork network = StockNetwork.read(zip(type), "features.zip", SHAPE);
    double[][] examples = {{0, 0.25, 0.5, 1, 0.75, 0}, {1, 0, 0, 0, 0.5, 1}};
    INDArray batch = Nd4j.createFromArray(examples).castTo(DataType.FLOAT).reshape(2, 1, 2, 3);

    INDArray features = network.beforeLastLayer(batch);

    assertThat(features.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(features.shape()).containsExactly(2, 4);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(features.getDouble(i, j)).isEqualTo(feature(examples[i], j), within(2e-3));
      }
    }
    assertThat(features.maxNumber().doubleValue()).isGreaterThan(1);
  }

  @Test
  void aBombIsRefusedBeforeItIsInflated() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("configuration.json"));
      zip.write(new byte[100_000_000]);
    }

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> StockNetwork.read(bytes.toByteArray(), "features.zip", SHAPE))
        .withMessageContaining(
            "features.zip can't give features: configuration.json has more than ")
        .withMessageContaining("too many for a zip of %,d", bytes.size());
  }
}
