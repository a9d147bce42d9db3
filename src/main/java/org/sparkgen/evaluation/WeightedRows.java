package org.sparkgen.evaluation;

/**
 * The inner loop of every product of matrices in this package: a weighted sum of rows, in double
 * precision. It runs along the rows, so that the compiler vectorises it without reordering a sum:
 * each number of the result depends on its own column only, whatever stands beside it.
 */
final class WeightedRows {
  private WeightedRows() {}

  /**
   * {@code target[j] += sum over k < count of factors[k] * rows[k][j]} for j in {@code [from,to)}.
   * The terms are added in fours.
   */
  static void add(double[] factors, double[][] rows, int count, double[] target, int from, int to) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      addFour(factors, rows, k, target, from, to);
    }
    for (; k < count; k++) {
      add(factors[k], rows[k], target, from, to);
    }
  }

  private static void addFour(
      double[] factors, double[][] rows, int k, double[] target, int from, int to) {
    double f0 = factors[k];
    double f1 = factors[k + 1];
    double f2 = factors[k + 2];
    double f3 = factors[k + 3];
    double[] r0 = rows[k];
    double[] r1 = rows[k + 1];
    double[] r2 = rows[k + 2];
    double[] r3 = rows[k + 3];
    for (int j = from; j < to; j++) {
      target[j] += f0 * r0[j] + f1 * r1[j] + f2 * r2[j] + f3 * r3[j];
    }
  }

  /** {@code target[j] += factor * row[j]} for j in {@code [from,to)}. */
  static void add(double factor, double[] row, double[] target, int from, int to) {
    for (int j = from; j < to; j++) {
      target[j] += factor * row[j];
    }
  }

  /** The product of two rows, its terms added as {@link #add} adds them: the same to the bit. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    int k = 0;
    for (; k + 4 <= a.length; k += 4) {
      sum += a[k] * b[k] + a[k + 1] * b[k + 1] + a[k + 2] * b[k + 2] + a[k + 3] * b[k + 3];
    }
    for (; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
