package org.sparkgen.data;

/** A picture that can be read row by row, whatever its storage. */
interface PixelSource {
  /** Numbers per pixel in {@link #readRow}: red, green, blue, alpha. */
  int CHANNELS = 4;

  /** Columns. */
  int width();

  /** Rows. */
  int height();

  /**
   * Reads a row.
   *
   * @param y the row
   * @param rgba receives red, green, blue, alpha of each pixel, 0 to 255, colours multiplied by
   *     alpha / 255: that is, as composited on black
   */
  void readRow(int y, float[] rgba);
}
