package org.sparkgen.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Checks what Java's PNG reader does not: that every chunk is whole and has the checksum that it
 * says, and that the last one is there.
 */
final class PngStructure {
  private static final int SIGNATURE = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int NAME = 4;
  private static final int DEPTH = 24;
  private static final int COLOUR_TYPE = 25;

  private final int bitsPerPixel;
  private final long dataLength;

  private PngStructure(int bitsPerPixel, long dataLength) {
    this.bitsPerPixel = bitsPerPixel;
    this.dataLength = dataLength;
  }

  /**
   * The structure of a file.
   *
   * @throws UnreadableExampleException if it is damaged
   */
  static PngStructure of(byte[] file) throws UnreadableExampleException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    long data = 0;
    int at = SIGNATURE;
    while (file.length - at >= CHUNK_OVERHEAD) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - at - CHUNK_OVERHEAD) {
        break;
      }
      String name = new String(file, at + NAME, NAME, StandardCharsets.ISO_8859_1);
      CRC32 checksum = new CRC32();
      checksum.update(file, at + NAME, NAME + length);
      if ((int) checksum.getValue() != bytes.getInt(at + NAME + NAME + length)) {
        throw new UnreadableExampleException(
            "damaged PNG: wrong checksum of the %s chunk at byte %,d".formatted(shown(name), at));
      }
      if (name.equals("IEND")) {
        return new PngStructure(bitsPerPixel(file), data);
      }
      data += name.equals("IDAT") ? length : 0;
      at += CHUNK_OVERHEAD + length;
    }
    throw new UnreadableExampleException("damaged PNG: it ends before its IEND chunk");
  }

  /** What the header, which comes first, says; 1 where it makes no sense. */
  private static int bitsPerPixel(byte[] file) {
    if (file.length <= COLOUR_TYPE) {
      return 1;
    }
    int samples =
        switch (file[COLOUR_TYPE]) {
          case 2 -> 3; // red, green, blue
          case 4 -> 2; // grey and alpha
          case 6 -> 4;
          default -> 1;
        };
    return Math.max(1, samples * (file[DEPTH] & 0xFF));
  }

  /** Bits of a pixel. */
  int bitsPerPixel() {
    return bitsPerPixel;
  }

  /** Bytes of compressed pixels. */
  long dataLength() {
    return dataLength;
  }

  private static String shown(String name) {
    return name.chars().allMatch(c -> c > ' ' && c < 0x7F) ? name : "unnamed";
  }
}
