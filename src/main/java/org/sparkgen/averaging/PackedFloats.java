package org.sparkgen.averaging;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Numbers on their way through Spark, as little-endian bytes: copied to and from {@code float[]} at
 * the memory's speed, where serializers walk through a {@code float[]} number by number.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class PackedFloats implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = Integer.MAX_VALUE / Float.BYTES - Float.BYTES;

  private final byte[] bytes;

  private PackedFloats(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Packs a copy of the values.
   *
   * @throws IllegalArgumentException for more values than a Java array has room for as bytes
   */
  public static PackedFloats of(float[] values) {
    PackedFloats packed = blank(values.length);
    packed.view().put(values);
    return packed;
  }

  static PackedFloats blank(int count) {
    if (!fits(count)) {
      throw new IllegalArgumentException(
          "can't pack %d values: %d at most fit into one array".formatted(count, MOST));
    }
    return new PackedFloats(new byte[count * Float.BYTES]);
  }

  /** Whether so many values can be packed. */
  static boolean fits(int count) {
    return count <= MOST;
  }

  /** Number of values. */
  public int count() {
    return bytes.length / Float.BYTES;
  }

  /** A copy of the values. */
  public float[] values() {
    float[] values = new float[count()];
    view().get(values);
    return values;
  }

  /** The values themselves, from the first to the last. */
  FloatBuffer view() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
