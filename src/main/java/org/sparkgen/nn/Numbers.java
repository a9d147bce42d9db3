package org.sparkgen.nn;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bulk copies between small ND4J arrays, of either precision, and Java numbers. */
public final class Numbers {
  private Numbers() {}

  /** A copy of an array's numbers, in C order. */
  public static double[] of(INDArray array) {
    INDArray ordered = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    double[] values = new double[Math.toIntExact(array.length())];
    try {
      if (array.dataType() == DataType.FLOAT) {
        FloatBuffer floats = Floats.buffer(ordered);
        for (int i = 0; i < values.length; i++) {
          values[i] = floats.get(i);
        }
      } else {
        for (int i = 0; i < values.length; i++) {
          values[i] = ordered.data().getDouble(ordered.offset() + i);
        }
      }
    } finally {
      Reference.reachabilityFence(ordered);
    }
    return values;
  }

  /** A new C-order array from the open workspace. */
  public static INDArray array(DataType type, double[] values, long... shape) {
    INDArray array = Nd4j.createUninitialized(type, shape, 'c');
    if (type == DataType.FLOAT) {
      float[] floats = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        floats[i] = (float) values[i];
      }
      Floats.buffer(array).put(floats);
    } else {
      for (int i = 0; i < values.length; i++) {
        array.data().put(array.offset() + i, values[i]);
      }
    }
    return array;
  }
}
