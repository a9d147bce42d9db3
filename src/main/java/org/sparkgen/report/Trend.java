package org.sparkgen.report;

/**
 * The straight line through some values at equal distances (least squares).
 *
 * @param change by how much the line rises from the first to the last value
 * @param uncertainty standard error of that change
 */
record Trend(double change, double uncertainty) {
  private static final int PARAMETERS = 2;

  /** The line through at least three values. */
  static Trend of(double[] values) {
    int count = values.length;
    double middle = (count - 1) / 2.0;
    double mean = 0;
    double spread = 0;
    double covariance = 0;
    for (int i = 0; i < count; i++) {
      mean += values[i] / count;
      spread += (i - middle) * (i - middle);
      covariance += (i - middle) * values[i];
    }
    double slope = covariance / spread;
    double residual = 0;
    for (int i = 0; i < count; i++) {
      double error = values[i] - mean - slope * (i - middle);
      residual += error * error;
    }
    double slopeError = Math.sqrt(residual / (count - PARAMETERS) / spread);
    return new Trend(slope * (count - 1), slopeError * (count - 1));
  }

  /** Whether the change is more than noise: more than two standard errors. */
  boolean clear() {
    return Math.abs(change) > 2 * uncertainty;
  }
}
