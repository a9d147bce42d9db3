package org.sparkgen.data;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.PixelRange;

/** Model values as Java numbers and as pixel bytes. */
public final class Pixels {
  private Pixels() {}

  /** Bytes 0 to 255 of model values, in the same order; values outside the range are clipped. */
  public static byte[] of(float[] values, PixelRange range) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) range.toPixel(values[i]);
    }
    return pixels;
  }

  /**
   * A copy of float32 numbers in C order.
   *
   * @throws IllegalArgumentException if the array holds others, whose bits would mean nothing
   */
  public static float[] values(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException("float32 was expected, but found " + array.dataType());
    }
    float[] values = new float[Math.toIntExact(array.length())];
    INDArray ordered = array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    ordered.data().asNioFloat().slice(Math.toIntExact(ordered.offset()), values.length).get(values);
    return values;
  }
}
