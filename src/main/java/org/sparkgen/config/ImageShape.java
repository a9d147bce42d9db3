package org.sparkgen.config;

/**
 * Shape of an image, in the order of the arrays: channels, rows, columns.
 *
 * @param channels 1, 3 or 4
 * @param height rows
 * @param width columns
 */
public record ImageShape(int channels, int height, int width) implements ExampleShape {
  @Override
  public int size() {
    return channels * height * width;
  }

  @Override
  public long[] batchOf(long n) {
    return new long[] {n, channels, height, width};
  }
}
