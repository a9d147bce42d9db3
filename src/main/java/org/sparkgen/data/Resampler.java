package org.sparkgen.data;

/**
 * Resizes a picture, one axis after the other, reading every source row once. Memory does not
 * depend on the height of the source. Plain float arithmetic in a fixed order: the same everywhere.
 */
final class Resampler {
  private static final float LUMA_RED = 0.299f;
  private static final float LUMA_BLUE = 0.114f;

  private final PixelSource source;
  private final AxisWeights columns;
  private final AxisWeights rows;
  private final int channels;

  /**
   * A resampler.
   *
   * @param channels 1: Rec. 601 luma of the colours; 3: red, green, blue; 4: and alpha
   */
  Resampler(PixelSource source, AxisWeights columns, AxisWeights rows, int channels) {
    this.source = source;
    this.columns = columns;
    this.rows = rows;
    this.channels = channels;
  }

  /**
   * Values (H,W,C) of the resized picture, 0 to 255, colours multiplied by alpha / 255; H and W as
   * the axes say.
   */
  float[] resample() {
    int rowLength = columns.length() * channels;
    float[] target = new float[Math.multiplyExact(rows.length(), rowLength)];
    float[] rgba = new float[source.width() * PixelSource.CHANNELS];
    float[] row = new float[rowLength];
    int firstOpen = 0;
    for (int y = rows.first(0); firstOpen < rows.length(); y++) {
      source.readRow(y, rgba);
      mix(rgba, row);
      for (int t = firstOpen; t < rows.length() && rows.first(t) <= y; t++) {
        float[] weights = rows.weights(t);
        int share = y - rows.first(t);
        if (share < weights.length) {
          addScaled(row, weights[share], target, t * rowLength);
        }
        if (t == firstOpen && share >= weights.length - 1) {
          firstOpen++;
        }
      }
    }
    return target;
  }

  private void mix(float[] rgba, float[] row) {
    toChannels(rgba);
    for (int x = 0; x < columns.length(); x++) {
      float[] weights = columns.weights(x);
      for (int c = 0; c < channels; c++) {
        int at = columns.first(x) * PixelSource.CHANNELS + c;
        float sum = 0;
        for (float weight : weights) {
          sum += weight * rgba[at];
          at += PixelSource.CHANNELS;
        }
        row[x * channels + c] = sum;
      }
    }
  }

  /** For one channel, puts the luma where red was. Equal colours keep their value exactly. */
  private void toChannels(float[] rgba) {
    if (channels != 1) {
      return;
    }
    for (int at = 0; at < rgba.length; at += PixelSource.CHANNELS) {
      float green = rgba[at + 1];
      rgba[at] = green + LUMA_RED * (rgba[at] - green) + LUMA_BLUE * (rgba[at + 2] - green);
    }
  }

  private static void addScaled(float[] row, float weight, float[] target, int at) {
    for (int i = 0; i < row.length; i++) {
      target[at + i] += weight * row[i];
    }
  }
}
