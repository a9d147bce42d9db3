package org.sparkgen.nn;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** Constants of an {@link OnnxGraph}, as the format stores them: in C order, little-endian. */
final class OnnxTensors {
  private OnnxTensors() {}

  /** An array of either precision, as float32. */
  static TensorProto of(String name, INDArray array) {
    INDArray flat = array.dup('c').reshape(array.length());
    try {
      float[] values = Floats.copyOf(flat);
      ByteBuffer bytes = room(values.length, Float.BYTES);
      bytes.asFloatBuffer().put(values);
      return tensor(name, DataType.FLOAT, bytes, array.shape());
    } finally {
      Reference.reachabilityFence(flat);
    }
  }

  /** A vector of whole numbers, as int64. */
  static TensorProto of(String name, long... values) {
    ByteBuffer bytes = room(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return tensor(name, DataType.INT64, bytes, values.length);
  }

  private static ByteBuffer room(int count, int bytesEach) {
    return ByteBuffer.allocate(Math.multiplyExact(count, bytesEach)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static TensorProto tensor(String name, DataType type, ByteBuffer bytes, long... shape) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(type.getNumber())
        .addAllDims(Arrays.stream(shape).boxed().toList())
        .setRawData(ByteString.copyFrom(bytes))
        .build();
  }
}
