package org.sparkgen.data;

/** How large a picture may say that it is, so that a few bytes can't ask for all memory. */
final class ImageLimits {
  private static final int MAX_SIDE = 65_535;
  private static final long MAX_PIXELS = 64_000_000;

  private ImageLimits() {}

  /** Refuses a picture by its header, before any of its pixels are decoded. */
  static void check(int width, int height) throws UnreadableExampleException {
    if (width < 1 || height < 1) {
      throw new UnreadableExampleException(
          "its header promises %,d x %,d pixels".formatted(width, height));
    }
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new UnreadableExampleException(
          "its header promises %,d x %,d pixels; at most %,d pixels, and %,d a side, are decoded"
              .formatted(width, height, MAX_PIXELS, MAX_SIDE));
    }
  }
}
