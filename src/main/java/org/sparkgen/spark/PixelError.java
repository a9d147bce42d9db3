package org.sparkgen.spark;

/** How far pictures are from their copies. */
final class PixelError {
  private static final double PEAK = 255;
  private static final int DECIBELS = 10;

  private PixelError() {}

  /**
   * The sum over the squared differences of channel values.
   *
   * @param a values from 0 to 255 as unsigned bytes
   * @param b as many
   */
  static long squared(byte[] a, byte[] b) {
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      long difference = Math.subtractExact(a[i] & 0xFF, b[i] & 0xFF);
      sum += difference * difference;
    }
    return sum;
  }

  /**
   * The peak signal-to-noise ratio in decibels; infinite for equal pictures.
   *
   * @param squared sum of squared differences
   * @param values that were compared
   */
  static double psnr(long squared, double values) {
    return DECIBELS * Math.log10(PEAK * PEAK / (squared / values));
  }
}
