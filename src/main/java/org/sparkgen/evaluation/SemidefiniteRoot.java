package org.sparkgen.evaluation;

import java.util.Arrays;

/**
 * A factor of a covariance matrix that may be singular: {@code S = sum over k of l_k l_k'}.
 *
 * <p>Cholesky's decomposition with diagonal pivoting (Higham, "Analysis of the Cholesky
 * decomposition of a semi-definite matrix", 1990). It ends where what remains is rounding.
 */
final class SemidefiniteRoot {
  private static final double EPSILON = Math.ulp(1.0);

  private SemidefiniteRoot() {}

  /**
   * The vectors l_k, as many as the rank.
   *
   * @param matrix symmetric and positive semi-definite; not changed
   */
  static double[][] of(double[][] matrix) {
    int size = matrix.length;
    double[] left = new double[size];
    for (int i = 0; i < size; i++) {
      left[i] = matrix[i][i];
    }
    double rounding = size * EPSILON * Arrays.stream(left).max().orElse(0);
    double[][] root = new double[size][];
    double[] factors = new double[size];
    int rank = 0;
    for (int pivot = largest(left); rank < size && left[pivot] > rounding; pivot = largest(left)) {
      double[] next = matrix[pivot].clone();
      for (int k = 0; k < rank; k++) {
        factors[k] = -root[k][pivot];
      }
      WeightedRows.add(factors, root, rank, next, 0, size);
      normalize(next, pivot, left);
      root[rank++] = next;
    }
    return Arrays.copyOf(root, rank);
  }

  /** Divides by the pivot's root, and takes what the vector explains off what is left. */
  private static void normalize(double[] next, int pivot, double[] left) {
    double scale = Math.sqrt(left[pivot]);
    for (int i = 0; i < next.length; i++) {
      next[i] /= scale;
      left[i] -= next[i] * next[i];
    }
    // Explained to the end: what later vectors have here is rounding.
    left[pivot] = Double.NEGATIVE_INFINITY;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
