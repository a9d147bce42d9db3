package org.sparkgen.evaluation;

/**
 * The sum of a matrix's singular values, each to an error of a few roundings of the largest one.
 *
 * <p>Householder reflections from both sides leave two diagonals (Golub and Kahan, "Calculating the
 * singular values and pseudo-inverse of a matrix", 1965). Interleaved, they are the off-diagonal of
 * a symmetric tridiagonal matrix whose eigenvalues are the singular values with both signs.
 */
final class NuclearNorm {
  private final double[][] matrix;
  private final int columns;
  private final double[] diagonal;
  private final double[] above;

  private NuclearNorm(double[][] matrix) {
    this.matrix = matrix;
    this.columns = matrix[0].length;
    this.diagonal = new double[columns];
    this.above = new double[columns];
  }

  /**
   * The sum of the singular values.
   *
   * @param matrix rows, at least as many as columns; destroyed
   */
  static double of(double[][] matrix) {
    double scale = largest(matrix);
    if (scale == 0) {
      return 0;
    }
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= scale;
      }
    }
    NuclearNorm norm = new NuclearNorm(matrix);
    for (int k = 0; k < norm.columns; k++) {
      norm.eliminate(k);
    }
    return scale * norm.sum();
  }

  private static double largest(double[][] matrix) {
    double largest = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** Reflects column k onto its diagonal element, then row k onto the element beside it. */
  private void eliminate(int k) {
    double[] column = new double[matrix.length];
    for (int i = k; i < matrix.length; i++) {
      column[i] = matrix[i][k];
    }
    double columnFactor = -reflector(column, k, diagonal, k);
    double[] fromLeft = new double[columns];
    for (int i = k; i < matrix.length; i++) {
      WeightedRows.add(columnFactor * column[i], matrix[i], fromLeft, k + 1, columns);
    }
    WeightedRows.add(column[k], fromLeft, matrix[k], k + 1, columns);
    double[] row = matrix[k].clone();
    double rowFactor = k + 1 < columns ? -reflector(row, k + 1, above, k) : 0;
    for (int i = k + 1; i < matrix.length; i++) {
      WeightedRows.add(column[i], fromLeft, matrix[i], k + 1, columns);
      double along = rowFactor * product(matrix[i], row, k + 1);
      WeightedRows.add(along, row, matrix[i], k + 1, columns);
    }
  }

  /**
   * Makes of a vector the normal v of the reflection that leaves only its first element.
   *
   * @param vector from {@code first} on; becomes v
   * @param result takes the element that is left, at {@code index}
   * @return {@code 2 / (v'v)}, or 0 if there is nothing to reflect
   */
  private static double reflector(double[] vector, int first, double[] result, int index) {
    double squares = product(vector, vector, first);
    if (squares == 0) {
      return 0;
    }
    // Away from the element's own sign: nothing cancels.
    double left = -Math.copySign(Math.sqrt(squares), vector[first]);
    result[index] = left;
    double factor = 1 / (squares - left * vector[first]);
    vector[first] -= left;
    return factor;
  }

  /** With four sums at once: a single one would wait for each addition. */
  private static double product(double[] a, double[] b, int from) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = from;
    for (; j + 4 <= b.length; j += 4) {
      s0 += a[j] * b[j];
      s1 += a[j + 1] * b[j + 1];
      s2 += a[j + 2] * b[j + 2];
      s3 += a[j + 3] * b[j + 3];
    }
    for (; j < b.length; j++) {
      s0 += a[j] * b[j];
    }
    return s0 + s1 + (s2 + s3);
  }

  private double sum() {
    double[] beside = new double[2 * columns];
    for (int k = 0; k < columns; k++) {
      beside[2 * k] = diagonal[k];
      beside[2 * k + 1] = above[k];
    }
    double sum = 0;
    for (double eigenvalue : Tridiagonal.eigenvalues(new double[2 * columns], beside)) {
      sum += Math.abs(eigenvalue) / 2;
    }
    return sum;
  }
}
