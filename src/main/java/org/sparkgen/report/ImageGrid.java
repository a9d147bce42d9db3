package org.sparkgen.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.sparkgen.config.ImageShape;

/**
 * Draws many small pictures into one PNG, from left to right and from top to bottom, with narrow
 * gaps. Each pixel becomes a square of {@code scale} by {@code scale} equal pixels.
 */
public final class ImageGrid {
  private static final int READABLE_SIDE = 56;

  /** Pixels between pictures, and around them. */
  static final int GAP = 2;

  private static final int WIDE_GAP = 10;
  private static final int GAP_GREY = 0x38;
  private static final int OPAQUE = 0xff;

  private final WritableRaster raster;
  private final BufferedImage image;
  private final int scale;

  private ImageGrid(ImageShape shape, int width, int height, int scale) {
    int type =
        switch (shape.channels()) {
          case 1 -> BufferedImage.TYPE_BYTE_GRAY;
          case 3 -> BufferedImage.TYPE_3BYTE_BGR;
          default -> BufferedImage.TYPE_4BYTE_ABGR;
        };
    this.image = new BufferedImage(width, height, type);
    this.raster = image.getRaster();
    this.scale = scale;
    fillWithGap(shape.channels());
  }

  /** The smallest whole scale at which the longer side is about 56 pixels; at least 1. */
  public static int readableScale(ImageShape shape) {
    int side = Math.max(shape.height(), shape.width());
    return Math.max(1, Math.round((float) READABLE_SIDE / side));
  }

  /** The number of columns that makes a grid of {@code count} pictures about square. */
  public static int squareColumns(int count) {
    return Math.max(1, (int) Math.ceil(Math.sqrt(count)));
  }

  /** A grid about as wide as high, at the readable scale. */
  public static Png square(Pictures pictures) {
    return grid(pictures, squareColumns(pictures.count()), readableScale(pictures.shape()));
  }

  /** One picture as it is, without gaps. */
  public static Png picture(Pictures pictures, int index) {
    return Png.encode(pictures, index, Png.Effort.FAST);
  }

  /** The same, not yet in a file's format. */
  static BufferedImage image(Pictures pictures, int index) {
    ImageShape shape = pictures.shape();
    ImageGrid single = new ImageGrid(shape, shape.width(), shape.height(), 1);
    single.place(pictures, index, 0, 0);
    return single.image;
  }

  /**
   * A grid.
   *
   * @param pictures at least one
   * @param columns pictures per row, at least 1
   * @param scale side of a drawn pixel, at least 1
   */
  public static Png grid(Pictures pictures, int columns, int scale) {
    return draw(pictures, columns, scale, GAP);
  }

  /**
   * Rows that belong together inside, such as interpolations: wider gaps between rows than within.
   *
   * @param pictures at least one
   * @param perRow pictures per row, at least 1
   * @param scale side of a drawn pixel, at least 1
   */
  public static Png rows(Pictures pictures, int perRow, int scale) {
    return draw(pictures, perRow, scale, WIDE_GAP);
  }

  /**
   * Pairs: picture i of {@code lower} stands directly below picture i of {@code upper}; wider gaps
   * separate the rows of pairs.
   *
   * @param upper originals, at least one
   * @param lower reconstructions, as many and of the same shape
   * @param columns pairs per row, at least 1
   * @param scale side of a drawn pixel, at least 1
   */
  public static Png pairs(Pictures upper, Pictures lower, int columns, int scale) {
    if (!upper.shape().equals(lower.shape()) || upper.count() != lower.count()) {
      throw new IllegalArgumentException(
          "pairs need as many pictures below as above, of one shape: above %d of %s, below %d of %s"
              .formatted(upper.count(), upper.shape(), lower.count(), lower.shape()));
    }
    requireDrawable(upper, columns, scale);
    int across = Math.min(columns, upper.count());
    int rows = ceilDivide(upper.count(), across);
    int pictureHeight = upper.shape().height() * scale;
    int pairHeight = 2 * pictureHeight + GAP + WIDE_GAP;
    ImageGrid grid =
        new ImageGrid(
            upper.shape(),
            across * (upper.shape().width() * scale + GAP) + GAP,
            rows * pairHeight - WIDE_GAP + 2 * GAP,
            scale);
    for (int i = 0; i < upper.count(); i++) {
      int x = GAP + i % across * (upper.shape().width() * scale + GAP);
      int y = GAP + i / across * pairHeight;
      grid.place(upper, i, x, y);
      grid.place(lower, i, x, y + pictureHeight + GAP);
    }
    return Png.encode(grid.image);
  }

  private static Png draw(Pictures pictures, int columns, int scale, int rowGap) {
    requireDrawable(pictures, columns, scale);
    ImageShape shape = pictures.shape();
    int across = Math.min(columns, pictures.count());
    int rows = ceilDivide(pictures.count(), across);
    int stepX = shape.width() * scale + GAP;
    int stepY = shape.height() * scale + rowGap;
    ImageGrid grid =
        new ImageGrid(shape, across * stepX + GAP, rows * stepY - rowGap + 2 * GAP, scale);
    for (int i = 0; i < pictures.count(); i++) {
      grid.place(pictures, i, GAP + i % across * stepX, GAP + i / across * stepY);
    }
    return Png.encode(grid.image);
  }

  private static void requireDrawable(Pictures pictures, int columns, int scale) {
    if (pictures.count() == 0 || columns < 1 || scale < 1) {
      throw new IllegalArgumentException(
          "a grid needs at least one picture, one column and scale 1, but has %d, %d and %d"
              .formatted(pictures.count(), columns, scale));
    }
  }

  private static int ceilDivide(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private void fillWithGap(int channels) {
    int[] line = new int[image.getWidth()];
    for (int channel = 0; channel < channels; channel++) {
      Arrays.fill(line, channel == 3 ? OPAQUE : GAP_GREY);
      for (int y = 0; y < image.getHeight(); y++) {
        raster.setSamples(0, y, line.length, 1, channel, line);
      }
    }
  }

  private void place(Pictures pictures, int index, int left, int top) {
    ImageShape shape = pictures.shape();
    int[] line = new int[shape.width() * scale];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int x = 0; x < line.length; x++) {
          line[x] = pictures.value(index, channel, row, x / scale);
        }
        for (int repeat = 0; repeat < scale; repeat++) {
          raster.setSamples(left, top + row * scale + repeat, line.length, 1, channel, line);
        }
      }
    }
  }
}
