package org.sparkgen.nn;

import static org.sparkgen.nn.OnnxAttributes.whole;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import onnx.Onnx.Version;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A computation as a file of the Open Neural Network Exchange (ONNX): of float32 values, for any
 * number N of examples, by operators of set 14, which runtimes have read since 2021.
 *
 * <p>Readers rely on the names of inputs and outputs, which their author chooses; names of what is
 * in between begin with a capital.
 */
public final class OnnxGraph {
  /** From this set on batch normalisation says that it infers; of earlier ones readers differ. */
  private static final long OPERATORS = 14;

  private static final int FORMAT = Version.IR_VERSION_2020_5_8_VALUE;
  private static final String EXAMPLES = "N";
  private static final long AS_IT_IS = 0;
  private static final long ROW = 1;

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  /** A graph that computes nothing yet. */
  public OnnxGraph(String name) {
    graph.setName(name);
  }

  /**
   * What the graph is given.
   *
   * @param meaning what the numbers are, for people
   * @param shape of one example
   */
  public OnnxValue input(String name, String meaning, List<Long> shape) {
    OnnxValue value = new OnnxValue(name, shape);
    graph.addInput(described(value, meaning));
    return value;
  }

  /**
   * What the graph gives.
   *
   * @param meaning what the numbers are, for people
   */
  public void output(String name, String meaning, OnnxValue value) {
    graph.addNode(operator("Identity", List.of(value.name())).addOutput(name));
    graph.addOutput(described(new OnnxValue(name, value.shape()), meaning));
  }

  private static ValueInfoProto described(OnnxValue value, String meaning) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(EXAMPLES);
    value.shape().forEach(side -> shape.addDimBuilder().setDimValue(side));
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(value.name())
        .setDocString(meaning)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** The same numbers as examples of another shape. */
  public OnnxValue reshape(OnnxValue x, List<Long> shape) {
    OnnxValue wanted = new OnnxValue(x.name(), shape);
    if (wanted.size() != x.size()) {
      throw new IllegalArgumentException(
          "%s has examples of shape %s, of which no %s can be made"
              .formatted(x.name(), x.shape(), shape));
    }
    if (shape.equals(x.shape())) {
      return x;
    }
    long[] sides =
        LongStream.concat(LongStream.of(AS_IT_IS), shape.stream().mapToLong(Long::longValue))
            .toArray();
    return node("Reshape", shape, List.of(x.name(), constant("Shape", sides)));
  }

  /** Rows, one behind the other. */
  public OnnxValue concatenation(OnnxValue first, OnnxValue second) {
    List<Long> shape = List.of(first.size() + second.size());
    return node("Concat", shape, List.of(first.name(), second.name()), whole("axis", ROW));
  }

  /** The first numbers of rows, and the others. */
  public List<OnnxValue> split(OnnxValue x, long first) {
    OnnxValue head = new OnnxValue(name("Head"), List.of(first));
    OnnxValue tail = new OnnxValue(name("Tail"), List.of(x.size() - first));
    String sizes = constant("Sizes", first, x.size() - first);
    graph.addNode(
        operator("Split", List.of(x.name(), sizes), whole("axis", ROW))
            .addOutput(head.name())
            .addOutput(tail.name()));
    return List.of(head, tail);
  }

  /** The sum of two values of one shape. */
  public OnnxValue sum(OnnxValue first, OnnxValue second) {
    return node("Add", first.shape(), List.of(first.name(), second.name()));
  }

  /** The inner product of each row with that of another value, {@code [N,1]}. */
  public OnnxValue product(OnnxValue first, OnnxValue second) {
    OnnxValue products = node("Mul", first.shape(), List.of(first.name(), second.name()));
    return node("ReduceSum", List.of(1L), List.of(products.name(), constant("Axes", ROW)));
  }

  /** Probabilities of logits, row by row. */
  public OnnxValue softmax(OnnxValue logits) {
    return node("Softmax", logits.shape(), List.of(logits.name()), whole("axis", ROW));
  }

  /** The first output of an operator. */
  OnnxValue node(String type, List<Long> shape, List<String> inputs, AttributeProto... attributes) {
    OnnxValue result = new OnnxValue(name(type), shape);
    graph.addNode(operator(type, inputs, attributes).addOutput(result.name()));
    return result;
  }

  private NodeProto.Builder operator(
      String type, List<String> inputs, AttributeProto... attributes) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(name("Node"))
        .addAllInput(inputs)
        .addAllAttribute(Arrays.asList(attributes));
  }

  /** A name that no value or operator before has had. */
  private String name(String kind) {
    return kind + "_" + graph.getNodeCount();
  }

  /** The name of an array of constants. */
  String constant(String kind, INDArray array) {
    String name = constantName(kind);
    graph.addInitializer(OnnxTensors.of(name, array));
    return name;
  }

  private String constant(String kind, long... values) {
    String name = constantName(kind);
    graph.addInitializer(OnnxTensors.of(name, values));
    return name;
  }

  private String constantName(String kind) {
    return kind + "_" + graph.getInitializerCount();
  }

  /**
   * The file.
   *
   * @param description of the whole, for people
   * @param version of this program
   * @param metadata name to value, for programs
   */
  public byte[] file(String description, String version, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("sparkgen")
            .setProducerVersion(version)
            .setDocString(description)
            .setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OPERATORS);
    new TreeMap<>(metadata)
        .forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    return model.build().toByteArray();
  }
}
