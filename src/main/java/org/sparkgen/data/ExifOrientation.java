package org.sparkgen.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Finds the orientation that a camera wrote into a JPEG file: EXIF 2.3, tag 0x0112 of IFD 0. */
final class ExifOrientation {
  private static final int MARKER = 0xFF;
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
  private static final short LITTLE_ENDIAN = 0x4949;
  private static final int IFD_OFFSET = 4;
  private static final int ENTRY = 12;
  private static final int ENTRY_VALUE = 8;
  private static final int ORIENTATION = 0x0112;

  private ExifOrientation() {}

  /** The orientation; upright if the file says nothing, or nothing that can be understood. */
  static Orientation of(byte[] jpeg) {
    try {
      return exif(jpeg).map(ExifOrientation::orientation).orElse(Orientation.UPRIGHT);
    } catch (IndexOutOfBoundsException e) {
      // An offset that leads out of the file: not a reason to refuse the picture.
      return Orientation.UPRIGHT;
    }
  }

  /** The TIFF structure in the first EXIF segment before the picture. */
  private static Optional<ByteBuffer> exif(byte[] jpeg) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg);
    int at = 2;
    while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == MARKER) {
      int marker = jpeg[at + 1] & 0xFF;
      if (marker == MARKER) {
        at++;
        continue;
      }
      int length = bytes.getShort(at + 2) & 0xFFFF;
      if (marker == START_OF_SCAN) {
        return Optional.empty();
      }
      if (marker == APP1 && bytes.slice(at + 4, EXIF.length).equals(ByteBuffer.wrap(EXIF))) {
        int start = 4 + EXIF.length;
        return Optional.of(bytes.slice(at + start, length + 2 - start));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  private static Orientation orientation(ByteBuffer tiff) {
    tiff.order(tiff.getShort(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(IFD_OFFSET);
    int entries = tiff.getShort(directory) & 0xFFFF;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY;
      if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
        return Orientation.ofExif(tiff.getShort(entry + ENTRY_VALUE));
      }
    }
    return Orientation.UPRIGHT;
  }
}
