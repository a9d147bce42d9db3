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

  private PngStructure() {}

  static void check(byte[] file) throws UnreadableExampleException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int at = SIGNATURE;
    while (file.length - at >= CHUNK_OVERHEAD) {
      int length = bytes.getInt(at);
      if (length < 0 || length > file.length - at - CHUNK_OVERHEAD) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(file, at + NAME, NAME + length);
      String name = new String(file, at + NAME, NAME, StandardCharsets.ISO_8859_1);
      if ((int) checksum.getValue() != bytes.getInt(at + NAME + NAME + length)) {
        throw new UnreadableExampleException(
            "damaged PNG: wrong checksum of the %s chunk at byte %,d".formatted(shown(name), at));
      }
      if (name.equals("IEND")) {
        return;
      }
      at += CHUNK_OVERHEAD + length;
    }
    throw new UnreadableExampleException("damaged PNG: it ends before its IEND chunk");
  }

  private static String shown(String name) {
    return name.chars().allMatch(c -> c > ' ' && c < 0x7F) ? name : "unnamed";
  }
}
