package org.sparkgen.data;

/** How large a picture may say that it is, so that a few bytes can't ask for all memory. */
final class ImageLimits {
  private static final long MAX_PIXELS = 64_000_000;

  private static final int MAX_SIDE = 65_535;
  private static final long MAX_MEBIBYTES = 256;
  private static final int GREY = Byte.SIZE;

  private ImageLimits() {}

  /** Refuses a grey picture by its header, before any of its pixels are decoded. */
  static void check(int width, int height) throws UnreadableExampleException {
    check(width, height, GREY);
  }

  /**
   * Refuses a picture by its header, before any of its pixels are decoded.
   *
   * @param bitsPerPixel of the decoded picture
   */
  static void check(int width, int height, int bitsPerPixel) throws UnreadableExampleException {
    if (width < 1 || height < 1) {
      throw new UnreadableExampleException(
          "its header promises %,d x %,d pixels".formatted(width, height));
    }
    long pixels = (long) width * height;
    if (width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS) {
      throw new UnreadableExampleException(
          "its header promises %,d x %,d pixels; at most %,d pixels, and %,d a side, are decoded"
              .formatted(width, height, MAX_PIXELS, MAX_SIDE));
    }
    long mebibytes = (pixels * bitsPerPixel / Byte.SIZE) >> 20;
    if (mebibytes > MAX_MEBIBYTES) {
      throw new UnreadableExampleException(
          "its header promises %,d x %,d pixels of %,d bits, %,d MiB; at most %,d MiB are decoded"
              .formatted(width, height, bitsPerPixel, mebibytes, MAX_MEBIBYTES));
    }
  }
}
