package org.sparkgen.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * The header of an IDX file: a magic number (0, 0, type of the numbers, number of dimensions) and
 * the dimensions, all big-endian.
 *
 * @param count examples
 * @param height rows of an image; 1 for labels
 * @param width columns of an image; 1 for labels
 */
record IdxHeader(int count, int height, int width) {
  private static final int LABELS = 0x00000801;

  /** The magic number of image files. */
  static final int IMAGES = 0x00000803;

  /** Reads the header of an image file. */
  static IdxHeader ofImages(DataInputStream in) throws UnreadableExampleException {
    try {
      check(in.readInt(), IMAGES, "an IDX image file of unsigned bytes");
      IdxHeader header = new IdxHeader(in.readInt(), in.readInt(), in.readInt());
      ImageLimits.check(header.width, header.height);
      return header.checkedCount();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads the header of a label file. */
  static IdxHeader ofLabels(DataInputStream in) throws UnreadableExampleException {
    try {
      check(in.readInt(), LABELS, "an IDX label file of unsigned bytes");
      return new IdxHeader(in.readInt(), 1, 1).checkedCount();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static void check(int magic, int expected, String what)
      throws UnreadableExampleException {
    if (magic == expected) {
      return;
    }
    String found =
        switch (magic) {
          case LABELS -> " (an IDX label file)";
          case IMAGES -> " (an IDX image file)";
          default -> "";
        };
    throw new UnreadableExampleException(
        "begins with 0x%08X%s, but %s begins with 0x%08X".formatted(magic, found, what, expected));
  }

  private IdxHeader checkedCount() throws UnreadableExampleException {
    if (count < 0) {
      throw new UnreadableExampleException("its header promises %,d examples".formatted(count));
    }
    return this;
  }

  private static UnreadableExampleException unreadable(IOException e) {
    String reason =
        e instanceof EOFException
            ? "ends within its header"
            : "can't be inflated: " + e.getMessage();
    return new UnreadableExampleException(reason, e);
  }
}
