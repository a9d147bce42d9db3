package org.sparkgen.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Raw little-endian float32: readable by every tool that can read numbers. */
final class FloatFile {
  private static final int CHUNK_FLOATS = 1 << 18;

  private FloatFile() {}

  static void write(float[] values, OutputStream out) throws IOException {
    byte[] chunk = newChunk(values.length);
    FloatBuffer view = littleEndian(chunk);
    for (int from = 0; from < values.length; from += view.capacity()) {
      int count = Math.min(view.capacity(), values.length - from);
      view.put(0, values, from, count);
      out.write(chunk, 0, count * Float.BYTES);
    }
  }

  /** Reads exactly as many values as asked for; whoever wants to know whether more follow looks. */
  static float[] read(InputStream in, int count) throws IOException {
    float[] values = new float[count];
    byte[] chunk = newChunk(count);
    FloatBuffer view = littleEndian(chunk);
    for (int from = 0; from < count; from += view.capacity()) {
      int here = Math.min(view.capacity(), count - from);
      if (in.readNBytes(chunk, 0, here * Float.BYTES) < here * Float.BYTES) {
        throw new EOFException("the file ended early");
      }
      view.get(0, values, from, here);
    }
    return values;
  }

  private static byte[] newChunk(int count) {
    return new byte[Math.min(CHUNK_FLOATS, Math.max(1, count)) * Float.BYTES];
  }

  private static FloatBuffer littleEndian(byte[] chunk) {
    return ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
