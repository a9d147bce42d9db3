package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Singular values, eigenvalues and factors, by matrices made of known ones. */
class NuclearNormTest {
  private final Random random = new Random(11);

  /** Reflects the columns of a matrix from the left: {@code (I - 2 v v' / v'v) A}. */
  private double[][] reflected(double[][] matrix) {
    double[] v = random.doubles(matrix.length, -1, 1).toArray();
    double squares = Arrays.stream(v).map(x -> x * x).sum();
    double[][] result = new double[matrix.length][];
    for (int i = 0; i < matrix.length; i++) {
      result[i] = matrix[i].clone();
      for (int j = 0; j < matrix[i].length; j++) {
        for (int k = 0; k < matrix.length; k++) {
          result[i][j] -= 2 / squares * v[i] * v[k] * matrix[k][j];
        }
      }
    }
    return result;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  private static double[][] diagonal(int rows, double... values) {
    double[][] matrix = new double[rows][values.length];
    for (int i = 0; i < values.length; i++) {
      matrix[i][i] = values[i];
    }
    return matrix;
  }

  @Test
  void singularValuesSumWhateverTheDirections() {
    double[] values = {3e5, 2.5e5, 17, 1, 1, 1e-3, 0, 0};
    double[][] matrix = diagonal(11, values);
    for (int i = 0; i < 3; i++) {
      matrix = transposed(reflected(transposed(reflected(matrix))));
    }

    assertThat(NuclearNorm.of(matrix)).isCloseTo(Arrays.stream(values).sum(), within(1e-9));
  }

  @Test
  void smallAndEmptyMatrices() {
    assertThat(NuclearNorm.of(new double[][] {{-4}})).isCloseTo(4, within(1e-14));
    assertThat(NuclearNorm.of(new double[][] {{3}, {4}})).isCloseTo(5, within(1e-14));
    assertThat(NuclearNorm.of(new double[3][2])).isZero();
    // Singular values of a shear: sqrt((3 +- sqrt 5) / 2), whose sum is sqrt 5.
    assertThat(NuclearNorm.of(new double[][] {{1, 1}, {0, 1}}))
        .isCloseTo(Math.sqrt(5), within(1e-14));
    assertThat(NuclearNorm.of(new double[][] {{1e-200, 1e-200}, {0, 1e-200}}))
        .isCloseTo(1e-200 * Math.sqrt(5), within(1e-214));
  }

  @Test
  void eigenvaluesOfTheDiscreteLaplacian() {
    int n = 50;
    double[] diagonal = new double[n];
    double[] beside = new double[n];
    Arrays.fill(diagonal, 2);
    Arrays.fill(beside, -1);
    double[] found = Tridiagonal.eigenvalues(diagonal, beside);
    Arrays.sort(found);

    for (int k = 1; k <= n; k++) {
      double expected = 2 - 2 * Math.cos(Math.PI * k / (n + 1));
      assertThat(found[k - 1]).isCloseTo(expected, within(1e-14));
    }
  }

  @Test
  void aRootGivesTheMatrixAndItsRank() {
    double[][] matrix = symmetric(reflected(reflected(diagonal(9, 10, 2, 1.7, 1.4, 0.7))));
    double[][] root = SemidefiniteRoot.of(matrix);

    assertThat(root).hasNumberOfRows(5);
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        double sum = 0;
        for (double[] vector : root) {
          sum += vector[i] * vector[j];
        }
        assertThat(sum).isCloseTo(matrix[i][j], within(1e-12));
      }
    }
  }

  /** A A': its rank is that of A. */
  private static double[][] symmetric(double[][] matrix) {
    double[][] result = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        result[i][j] = WeightedRows.dot(matrix[i], matrix[j]);
      }
    }
    return result;
  }

  @Test
  void aMatrixOfZerosHasNoRoot() {
    assertThat(SemidefiniteRoot.of(new double[4][4])).isEmpty();
  }
}
