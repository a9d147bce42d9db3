package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;
import org.sparkgen.config.Activation;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;

class OnnxGraphTest {
  private static final List<Long> IMAGE = List.of(1L, 8L, 8L);

  /**
   * ONNX Runtime infers in operator set 13 too; the format's own reference implementation takes the
   * statistics of the batch there.
   */
  @Test
  void batchNormalisationLeavesReadersNoChoice() throws InvalidProtocolBufferException {
    NetworkConfig network =
        new NetworkConfig(
            NetworkConfig.Kind.CONV, List.of(9), List.of(4, 6), 4, 2, Activation.RELU, true);
    Net net =
        new Architecture(
                new ImageShape(1, 8, 8), network, Configurations.optimizer(), DataType.FLOAT)
            .inwards("encoder", 5, Activation.RELU, 3);
    OnnxGraph graph = new OnnxGraph("encoder");
    graph.output("code", "", new OnnxNet(graph, net, graph.input("image", "", IMAGE)).output());

    ModelProto model = ModelProto.parseFrom(graph.file("", "", Map.of()));

    assertThat(model.getOpsetImport(0).getVersion()).isGreaterThanOrEqualTo(14);
    assertThat(model.getGraph().getNodeList())
        .filteredOn(node -> node.getOpType().equals("BatchNormalization"))
        .hasSize(2)
        .allSatisfy(
            node -> {
              assertThat(node.getOutputCount()).isEqualTo(1);
              assertThat(node.getAttributeList())
                  .as("training_mode, 0 if it is not there")
                  .noneMatch(attribute -> attribute.getName().equals("training_mode"));
            });
  }

  @Test
  void namesAreUnique() throws InvalidProtocolBufferException {
    OnnxGraph graph = new OnnxGraph("sums");
    OnnxValue x = graph.input("x", "", List.of(4L));
    List<OnnxValue> halves = graph.split(x, 2);
    graph.output("sum", "", graph.sum(halves.get(0), halves.get(1)));
    graph.output("product", "", graph.product(halves.get(0), halves.get(1)));

    ModelProto model = ModelProto.parseFrom(graph.file("", "", Map.of()));

    assertThat(model.getGraph().getNodeList().stream().map(NodeProto::getName))
        .doesNotHaveDuplicates();
    assertThat(
            model.getGraph().getNodeList().stream().flatMap(node -> node.getOutputList().stream()))
        .doesNotHaveDuplicates()
        .contains("sum", "product");
  }

  @Test
  void aShapeOfOtherNumbersIsRefused() {
    OnnxGraph graph = new OnnxGraph("images");
    OnnxValue image = graph.input("image", "", IMAGE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.reshape(image, List.of(63L)))
        .withMessage("image has examples of shape [1, 8, 8], of which no [63] can be made");
  }
}
