package org.sparkgen.data;

/** What the markers of a JPEG file say, as far as memory and time depend on it. */
final class JpegStructure {
  /** Progressive files of usual programs have about 10; every one costs a pass over all pixels. */
  private static final int MAX_SCANS = 100;

  private static final int MARKER = 0xFF;
  private static final int FIRST_FRAME = 0xC0;
  private static final int LAST_FRAME = 0xCF;
  private static final int HUFFMAN_TABLES = 0xC4;
  private static final int RESERVED = 0xC8;
  private static final int ARITHMETIC_CONDITIONING = 0xCC;
  private static final int FIRST_ARITHMETIC = 0xC9;
  private static final int FIRST_RESTART = 0xD0;
  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int TEMPORARY = 0x01;
  private static final int FRAME_COMPONENTS = 9;

  private final int components;

  private JpegStructure(int components) {
    this.components = components;
  }

  /**
   * Looks at the markers up to the end of the image or of the file; what lies between them may be
   * damaged.
   *
   * @throws UnreadableExampleException if there are too many scans, or its coding is not supported
   */
  static JpegStructure of(byte[] file) throws UnreadableExampleException {
    int components = 0;
    int scans = 0;
    int at = 2;
    while (at + 1 < file.length) {
      int marker = file[at + 1] & 0xFF;
      if ((file[at] & 0xFF) != MARKER || marker == 0 || marker == MARKER || standsAlone(marker)) {
        at++;
        continue;
      }
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (isFrame(marker) && marker >= FIRST_ARITHMETIC) {
        // Some builds of Java decode it and some don't, and it can promise any size in few bytes.
        throw new UnreadableExampleException("a JPEG file of arithmetic coding is not decoded");
      }
      scans += marker == START_OF_SCAN ? 1 : 0;
      if (scans > MAX_SCANS) {
        throw new UnreadableExampleException(
            "a JPEG file of more than %,d scans is not decoded".formatted(MAX_SCANS));
      }
      if (isFrame(marker) && at + FRAME_COMPONENTS < file.length) {
        components = Math.max(components, file[at + FRAME_COMPONENTS] & 0xFF);
      }
      at += 2 + length(file, at + 2);
    }
    return new JpegStructure(components);
  }

  private static boolean standsAlone(int marker) {
    return marker == TEMPORARY || (marker >= FIRST_RESTART && marker <= START_OF_IMAGE);
  }

  private static boolean isFrame(int marker) {
    return marker >= FIRST_FRAME
        && marker <= LAST_FRAME
        && marker != HUFFMAN_TABLES
        && marker != RESERVED
        && marker != ARITHMETIC_CONDITIONING;
  }

  private static int length(byte[] file, int at) {
    return at + 1 < file.length ? (file[at] & 0xFF) << Byte.SIZE | (file[at + 1] & 0xFF) : 0;
  }

  /** Colour components of the picture; 0 if it has no frame. */
  int components() {
    return components;
  }
}
