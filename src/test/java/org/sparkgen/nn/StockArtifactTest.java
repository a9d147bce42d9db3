package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparkgen.config.Activation;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;

class StockArtifactTest {
  @ParameterizedTest
  @EnumSource(Head.class)
  void plainDeeplearning4jRestoresTheSameFunction(Head head) throws IOException {
    Architecture architecture =
        new Architecture(
            new ImageShape(1, 8, 8),
            new NetworkConfig(
                NetworkConfig.Kind.CONV, List.of(9), List.of(4, 6), 4, 2, Activation.RELU, true),
            Configurations.optimizer(),
            DataType.FLOAT);
    Net net = architecture.outwards("decoder", 5, 0, Optional.empty(), head, 3);
    INDArray x = Nd4j.randn(DataType.FLOAT, 4, 5);
    INDArray raw = net.forward(x, Mode.INFERENCE);
    INDArray expected = head == Head.SIGMOID ? Transforms.sigmoid(raw, true) : raw;

    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(StockArtifact.zip(net)));

    assertThat(restored.output(x).distance2(expected)).isLessThan(1e-5);
    assertThat(restored.getLayerWiseConfigurations().toJson()).doesNotContain("sparkgen");
  }
}
