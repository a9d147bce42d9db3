package org.sparkgen.data;

import java.io.Serializable;
import org.sparkgen.config.ImageConfig;

/**
 * Converts pictures of any size and kind into the configured shape: bytes (C,H,W), 0 to 255.
 *
 * <ul>
 *   <li>One channel is the Rec. 601 luma; alpha is composited on black unless it is asked for.
 *   <li>Shrinking averages over areas, growing interpolates linearly; colours are weighted by alpha
 *       meanwhile.
 *   <li>Crop and pad keep the aspect ratio; padding is black and, with four channels, transparent.
 *   <li>A picture that has the configured size keeps its values.
 * </ul>
 *
 * <p>Colour profiles are ignored: numbers are taken as sRGB.
 */
public final class ImageConversion implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final float OPAQUE = 255f;

  private final int height;
  private final int width;
  private final int channels;
  private final ImageConfig.Fit fit;

  /** A conversion to the configured shape. */
  public ImageConversion(ImageConfig config) {
    this.height = config.height();
    this.width = config.width();
    this.channels = config.channels();
    this.fit = config.fit();
  }

  /**
   * Converts raw bytes.
   *
   * @param pixels (C,H,W), 0 to 255 as unsigned bytes; 1 channel is grey, 3 are RGB, 4 RGB and
   *     alpha; not changed
   * @return a new array
   */
  public byte[] ofPlanes(byte[] pixels, int sourceChannels, int sourceHeight, int sourceWidth) {
    if (sourceChannels == channels && sourceHeight == height && sourceWidth == width) {
      return pixels.clone();
    }
    PixelSource source = new PlanarSource(pixels, sourceChannels, sourceHeight, sourceWidth);
    return ofSource(source, Orientation.UPRIGHT);
  }

  /**
   * Converts raw bytes in the order of OpenCV and of Spark's image data source.
   *
   * @param pixels (H,W,C); 1 channel is grey, 3 are blue, green, red, 4 those and alpha; not
   *     changed
   * @throws UnreadableExampleException if the numbers contradict each other or are too large
   */
  public byte[] ofInterleaved(byte[] pixels, int sourceChannels, int sourceHeight, int sourceWidth)
      throws UnreadableExampleException {
    ImageLimits.check(sourceWidth, sourceHeight);
    int plane = sourceHeight * sourceWidth;
    boolean known = sourceChannels == 1 || sourceChannels == 3 || sourceChannels == 4;
    if (!known || pixels.length != (long) plane * sourceChannels) {
      throw new UnreadableExampleException(
          "an image of %,d x %,d pixels and %d channels has %,d bytes"
              .formatted(sourceWidth, sourceHeight, sourceChannels, pixels.length));
    }
    byte[] planes = new byte[pixels.length];
    for (int c = 0; c < sourceChannels; c++) {
      int from = sourceChannels > 1 && c < 3 ? 2 - c : c;
      for (int i = 0; i < plane; i++) {
        planes[c * plane + i] = pixels[i * sourceChannels + from];
      }
    }
    return ofPlanes(planes, sourceChannels, sourceHeight, sourceWidth);
  }

  /** Converts a picture that is to be turned as the orientation says. */
  byte[] ofSource(PixelSource source, Orientation orientation) {
    // Turning the small result is the same as turning the large source, and cheaper.
    int storedHeight = orientation.swapsAxes() ? width : height;
    int storedWidth = orientation.swapsAxes() ? height : width;
    Fitting fitting = new Fitting(fit, source, storedHeight, storedWidth);
    float[] resized = new Resampler(source, fitting.columns, fitting.rows, channels).resample();
    byte[] pixels = new byte[channels * height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int stored = orientation.storedIndex(y, x, storedHeight, storedWidth);
        int from = fitting.indexInResized(stored / storedWidth, stored % storedWidth);
        if (from >= 0) {
          put(resized, from * channels, pixels, y * width + x);
        }
      }
    }
    return pixels;
  }

  private void put(float[] resized, int from, byte[] pixels, int to) {
    float alpha = channels == PixelSource.CHANNELS ? resized[from + channels - 1] : OPAQUE;
    for (int c = 0; c < channels; c++) {
      float value = resized[from + c];
      if (c < PixelSource.CHANNELS - 1 && alpha > 0) {
        value = value * OPAQUE / alpha;
      }
      pixels[c * height * width + to] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
  }

  /** Which part of a source becomes which part of the target. */
  private static final class Fitting {
    private final AxisWeights columns;
    private final AxisWeights rows;
    private final int top;
    private final int left;

    Fitting(ImageConfig.Fit fit, PixelSource source, int height, int width) {
      double across = (double) width / source.width();
      double down = (double) height / source.height();
      double larger = Math.max(across, down);
      double smaller = Math.min(across, down);
      boolean crop = fit == ImageConfig.Fit.CROP;
      boolean pad = fit == ImageConfig.Fit.PAD;
      int usedWidth = pad ? rounded(source.width() * smaller, width) : width;
      int usedHeight = pad ? rounded(source.height() * smaller, height) : height;
      this.columns = axis(source.width(), crop ? width / larger : source.width(), usedWidth);
      this.rows = axis(source.height(), crop ? height / larger : source.height(), usedHeight);
      this.top = (height - usedHeight) / 2;
      this.left = (width - usedWidth) / 2;
    }

    private static int rounded(double length, int most) {
      return (int) Math.max(1, Math.min(most, Math.round(length)));
    }

    private static AxisWeights axis(int sourceLength, double windowLength, int targetLength) {
      return AxisWeights.of(
          sourceLength, (sourceLength - windowLength) / 2, windowLength, targetLength);
    }

    /** Index of a target pixel among the resized ones; -1 where the target is padded. */
    int indexInResized(int y, int x) {
      int row = y - top;
      int column = x - left;
      boolean padded = row < 0 || row >= rows.length() || column < 0 || column >= columns.length();
      return padded ? -1 : row * columns.length() + column;
    }
  }
}
