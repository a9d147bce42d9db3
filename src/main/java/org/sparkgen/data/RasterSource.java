package org.sparkgen.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A decoded picture. Samples are read as they were stored, without Java's colour conversions: its
 * grey pictures count as linear light there and would come out brighter than they are.
 */
final class RasterSource implements PixelSource {
  private static final float OPAQUE = 255f;
  private static final int BYTE_MASK = 0xFF;

  private final BufferedImage image;
  private final ColorModel colours;
  private final boolean plainSamples;

  RasterSource(BufferedImage image) {
    this.image = image;
    this.colours = image.getColorModel();
    int space = colours.getColorSpace().getType();
    this.plainSamples =
        !(colours instanceof IndexColorModel)
            && !colours.isAlphaPremultiplied()
            && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
  }

  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public void readRow(int y, float[] rgba) {
    if (plainSamples) {
      readSamples(y, rgba);
    } else {
      readColours(y, rgba);
    }
  }

  private void readSamples(int y, float[] rgba) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    float[] samples =
        raster.getPixels(
            raster.getMinX(), raster.getMinY() + y, width(), 1, new float[width() * bands]);
    int colourBands = colours.getNumColorComponents();
    float[] scales = new float[bands];
    for (int b = 0; b < bands; b++) {
      scales[b] = OPAQUE / ((1L << colours.getComponentSize(b)) - 1);
    }
    for (int x = 0; x < width(); x++) {
      int from = x * bands;
      int to = x * CHANNELS;
      float alpha = colours.hasAlpha() ? samples[from + bands - 1] * scales[bands - 1] : OPAQUE;
      for (int c = 0; c < CHANNELS - 1; c++) {
        int band = colourBands == 1 ? 0 : c;
        rgba[to + c] = samples[from + band] * scales[band] * alpha / OPAQUE;
      }
      rgba[to + CHANNELS - 1] = alpha;
    }
  }

  /** Palettes, and whatever else Java can turn into red, green, blue and alpha. */
  private void readColours(int y, float[] rgba) {
    int[] row = image.getRGB(0, y, width(), 1, null, 0, width());
    for (int x = 0; x < width(); x++) {
      int to = x * CHANNELS;
      float alpha = row[x] >>> 24;
      rgba[to] = (row[x] >>> 16 & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 1] = (row[x] >>> 8 & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 2] = (row[x] & BYTE_MASK) * alpha / OPAQUE;
      rgba[to + 3] = alpha;
    }
  }
}
