package org.sparkgen.report;

import java.util.Arrays;
import org.sparkgen.config.ImageShape;

/** Pictures to be drawn: packed bytes (N,C,H,W), 0 to 255 as unsigned bytes. */
public final class Pictures {
  private final ImageShape shape;
  private final byte[] pixels;

  private Pictures(ImageShape shape, byte[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
  }

  /**
   * Pictures in the given array, which is taken over.
   *
   * @throws IllegalArgumentException if the array is not a whole number of pictures, or the shape
   *     has neither 1 nor 3 nor 4 channels
   */
  public static Pictures of(ImageShape shape, byte[] pixels) {
    if (shape.channels() != 1 && shape.channels() != 3 && shape.channels() != 4) {
      throw new IllegalArgumentException(
          "pictures have 1, 3 or 4 channels, but the shape is " + shape);
    }
    if (pixels.length % shape.size() != 0) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not a whole number of pictures of " + shape.size());
    }
    return new Pictures(shape, pixels);
  }

  /** Channels, rows and columns of each picture. */
  public ImageShape shape() {
    return shape;
  }

  /** N, the number of pictures. */
  public int count() {
    return pixels.length / shape.size();
  }

  /** The first {@code most} pictures, or all if there are fewer. */
  public Pictures first(int most) {
    return most >= count() ? this : new Pictures(shape, Arrays.copyOf(pixels, most * shape.size()));
  }

  /** A channel value, 0 to 255. */
  int value(int picture, int channel, int row, int column) {
    int plane = picture * shape.channels() + channel;
    return pixels[(plane * shape.height() + row) * shape.width() + column] & 0xff;
  }

  /** Channel value {@code index} of a picture, 0 to 255, counted in the order (C,H,W). */
  int value(int picture, int index) {
    return pixels[picture * shape.size() + index] & 0xff;
  }
}
