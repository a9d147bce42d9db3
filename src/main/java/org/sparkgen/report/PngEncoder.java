package org.sparkgen.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.sparkgen.config.ImageShape;

/**
 * Writes pictures of 8 bits a channel as PNG files (ISO/IEC 15948), rows without a filter. For
 * those that are written in masses: of a small one, the streams, metadata and rasters of the JDK's
 * writer cost several times what its compression does.
 */
final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final byte BITS = 8;
  private static final int LENGTH_AND_TYPE = 8;
  private static final int FRAME = LENGTH_AND_TYPE + Integer.BYTES;

  /**
   * Making one takes longer than compressing a small picture: its memory is outside of the heap.
   */
  private static final ThreadLocal<Deflater> DEFLATER = ThreadLocal.withInitial(Deflater::new);

  private PngEncoder() {}

  /**
   * A file.
   *
   * @param level of compression, 1 to 9
   */
  static byte[] encode(Pictures pictures, int index, int level) {
    ImageShape shape = pictures.shape();
    byte[] compressed = compressed(rows(pictures, index), level);
    int size = SIGNATURE.length + 3 * FRAME + HEADER_BYTES + compressed.length;
    ByteBuffer file = ByteBuffer.allocate(size).put(SIGNATURE);
    ByteBuffer header =
        ByteBuffer.allocate(HEADER_BYTES)
            .putInt(shape.width())
            .putInt(shape.height())
            .put(BITS)
            .put(colourType(shape.channels()));
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", compressed);
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  private static byte colourType(int channels) {
    return switch (channels) {
      case 1 -> 0;
      case 3 -> 2;
      case 4 -> 6;
      default -> throw new IllegalArgumentException("no PNG file has " + channels + " channels");
    };
  }

  /** Rows of interleaved channels, a zero before each: it has no filter. */
  private static byte[] rows(Pictures pictures, int index) {
    ImageShape shape = pictures.shape();
    int channels = shape.channels();
    int plane = shape.height() * shape.width();
    byte[] rows = new byte[Math.addExact(shape.size(), shape.height())];
    int at = 0;
    for (int pixel = 0; pixel < plane; pixel++) {
      if (pixel % shape.width() == 0) {
        at++;
      }
      for (int channel = 0; channel < channels; channel++) {
        rows[at++] = (byte) pictures.value(index, channel * plane + pixel);
      }
    }
    return rows;
  }

  private static byte[] compressed(byte[] rows, int level) {
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setLevel(level);
    deflater.setInput(rows);
    deflater.finish();
    ByteArrayOutputStream target = new ByteArrayOutputStream(rows.length / 2);
    byte[] part = new byte[Math.min(rows.length, 1 << 15) + LENGTH_AND_TYPE];
    while (!deflater.finished()) {
      target.write(part, 0, deflater.deflate(part));
    }
    return target.toByteArray();
  }

  private static void chunk(ByteBuffer file, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 check = new CRC32();
    check.update(name);
    check.update(content);
    file.putInt(content.length).put(name).put(content).putInt((int) check.getValue());
  }
}
