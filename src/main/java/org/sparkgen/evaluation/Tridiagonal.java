package org.sparkgen.evaluation;

import java.util.Arrays;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by QR steps with Wilkinson's shift, done implicitly
 * by chasing the bulge (Golub and Van Loan, "Matrix computations", section 8.3).
 */
final class Tridiagonal {
  /** Steps per eigenvalue before giving up; two or three are usual. */
  private static final int STEPS = 60;

  private Tridiagonal() {}

  /**
   * The eigenvalues, in no order, each to an error of a few roundings of the largest, which is
   * neither so large nor so small that its square is no number.
   *
   * @param diagonal n numbers; becomes the result
   * @param beside the n - 1 numbers beside the diagonal, and one that is ignored; destroyed
   */
  static double[] eigenvalues(double[] diagonal, double[] beside) {
    double negligible = Math.ulp(1.0) * Math.max(largest(diagonal), largest(beside));
    int steps = 0;
    int last = diagonal.length - 1;
    while (last > 0) {
      if (Math.abs(beside[last - 1]) <= negligible) {
        last--;
        steps = 0;
        continue;
      }
      if (++steps > STEPS) {
        throw new IllegalStateException("no eigenvalue found after " + STEPS + " steps");
      }
      int first = last - 1;
      while (first > 0 && Math.abs(beside[first - 1]) > negligible) {
        first--;
      }
      step(diagonal, beside, first, last);
    }
    return diagonal;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** One step on the block from first to last, whose numbers beside the diagonal are not zero. */
  private static void step(double[] diagonal, double[] beside, int first, int last) {
    double x = diagonal[first] - shift(diagonal[last - 1], diagonal[last], beside[last - 1]);
    double bulge = beside[first];
    for (int k = first; k < last; k++) {
      double length = Math.sqrt(x * x + bulge * bulge);
      double c = length == 0 ? 1 : x / length;
      double s = length == 0 ? 0 : bulge / length;
      if (k > first) {
        beside[k - 1] = length;
      }
      double upper = diagonal[k];
      double lower = diagonal[k + 1];
      double mixed = 2 * c * s * beside[k];
      diagonal[k] = c * c * upper + mixed + s * s * lower;
      diagonal[k + 1] = s * s * upper - mixed + c * c * lower;
      beside[k] = c * s * (lower - upper) + (c * c - s * s) * beside[k];
      x = beside[k];
      if (k + 1 < last) {
        bulge = s * beside[k + 1];
        beside[k + 1] *= c;
      }
    }
  }

  /** Of the eigenvalues of the last two rows, the one that is nearer to the last element. */
  private static double shift(double upper, double lower, double beside) {
    double half = (upper - lower) / 2;
    double away = half + Math.copySign(Math.hypot(half, beside), half);
    return lower - beside * (beside / away);
  }
}
