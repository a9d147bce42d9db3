package org.sparkgen.data;

/**
 * How the pixels of one axis of a resized picture are mixed from the pixels of the source: the mean
 * over the area that a target pixel covers when shrinking, linear interpolation between the two
 * nearest pixel centres when growing, the pixel itself when neither.
 */
final class AxisWeights {
  private final int[] first;
  private final float[][] weights;

  private AxisWeights(int targetLength) {
    this.first = new int[targetLength];
    this.weights = new float[targetLength][];
  }

  /**
   * The weights of an axis.
   *
   * @param sourceLength pixels of the source, of which a window is used
   * @param windowStart where the window begins, in source pixels
   * @param windowLength length of the window, in source pixels
   * @param targetLength pixels that the window is mapped to
   */
  static AxisWeights of(
      int sourceLength, double windowStart, double windowLength, int targetLength) {
    AxisWeights axis = new AxisWeights(targetLength);
    double step = windowLength / targetLength;
    // At the same scale a window that begins within a pixel would only blur.
    double start = step == 1 ? Math.floor(windowStart) : windowStart;
    for (int i = 0; i < targetLength; i++) {
      if (step > 1) {
        axis.average(i, start + i * step, step, sourceLength);
      } else {
        axis.interpolate(i, start + (i + 0.5) * step - 0.5, sourceLength);
      }
    }
    return axis;
  }

  /** Pixels of the target. */
  int length() {
    return first.length;
  }

  /** The first source pixel that contributes to a target pixel. Never falls along the axis. */
  int first(int target) {
    return first[target];
  }

  /** The weights of the source pixels from {@link #first(int)} on; they sum to 1. */
  float[] weights(int target) {
    return weights[target];
  }

  private void average(int target, double from, double step, int sourceLength) {
    double to = Math.min(from + step, sourceLength);
    int begin = Math.min((int) from, sourceLength - 1);
    int end = Math.max(begin + 1, Math.min((int) Math.ceil(to), sourceLength));
    float[] shares = new float[end - begin];
    double sum = 0;
    for (int s = begin; s < end; s++) {
      double covered = Math.max(0, Math.min(s + 1.0, to) - Math.max(s, from));
      shares[s - begin] = (float) covered;
      sum += covered;
    }
    for (int s = 0; s < shares.length; s++) {
      shares[s] = (float) (shares[s] / sum);
    }
    first[target] = begin;
    weights[target] = shares;
  }

  private void interpolate(int target, double centre, int sourceLength) {
    double clamped = Math.max(0, Math.min(centre, sourceLength - 1.0));
    int left = (int) clamped;
    float right = (float) (clamped - left);
    first[target] = left;
    weights[target] = right == 0 ? new float[] {1f} : new float[] {1f - right, right};
  }
}
