package org.sparkgen.nn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bulk copies between Java arrays and flat ND4J arrays. */
final class Floats {
  private Floats() {}

  static float[] copyOf(INDArray flat) {
    float[] result = new float[Math.toIntExact(flat.length())];
    if (flat.dataType() == DataType.FLOAT) {
      buffer(flat).get(result);
    } else {
      for (int i = 0; i < result.length; i++) {
        result[i] = flat.getFloat(i);
      }
    }
    return result;
  }

  static void load(INDArray flat, float[] values, String what) {
    if (flat.length() != values.length) {
      throw new IllegalArgumentException(
          what + ": expected " + flat.length() + " numbers, found " + values.length);
    }
    if (flat.dataType() == DataType.FLOAT) {
      buffer(flat).put(values);
    } else {
      for (int i = 0; i < values.length; i++) {
        flat.putScalar(i, values[i]);
      }
    }
  }

  /** The memory of a flat float array, seen by Java; valid while the array is reachable. */
  static FloatBuffer buffer(INDArray flat) {
    FloatBuffer whole = flat.data().asNioFloat();
    whole.position(Math.toIntExact(flat.offset()));
    return whole.slice();
  }
}
