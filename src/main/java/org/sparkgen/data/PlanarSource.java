package org.sparkgen.data;

/** Bytes in the order (C,H,W): 1 channel is grey, 3 are RGB, 4 are RGB and alpha. */
final class PlanarSource implements PixelSource {
  private static final float OPAQUE = 255f;
  private static final int BYTE_MASK = 0xFF;

  private final byte[] pixels;
  private final int channels;
  private final int height;
  private final int width;

  PlanarSource(byte[] pixels, int channels, int height, int width) {
    this.pixels = pixels;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void readRow(int y, float[] rgba) {
    int plane = height * width;
    int secondColour = channels == 1 ? 0 : plane;
    for (int x = 0; x < width; x++) {
      int at = y * width + x;
      float alpha = channels == CHANNELS ? pixels[at + 3 * plane] & BYTE_MASK : OPAQUE;
      int to = x * CHANNELS;
      rgba[to] = (pixels[at] & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 1] = (pixels[at + secondColour] & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 2] = (pixels[at + 2 * secondColour] & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 3] = alpha;
    }
  }
}
