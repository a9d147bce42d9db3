package org.sparkgen.evaluation;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * The plane through the mean of vectors in which they vary most (Pearson 1901): what a scatter plot
 * of many dimensions shows. Vectors of two dimensions keep their own axes, one of a single
 * dimension is drawn on a line.
 */
public final class PrincipalPlane {
  private static final int AXES = 2;

  private final double[] mean;
  private final double[][] axes;
  private final double share;

  private PrincipalPlane(double[] mean, double[][] axes, double share) {
    this.mean = mean;
    this.axes = axes;
    this.share = share;
  }

  /**
   * The plane of vectors with these moments; axes point to where their largest component, the first
   * of equal ones, is positive.
   *
   * @throws org.sparkgen.config.JobException for fewer than two vectors
   */
  public static PrincipalPlane of(FeatureMoments moments) {
    int dimensions = moments.dimensions();
    if (dimensions <= AXES) {
      double[][] own = new double[AXES][dimensions];
      for (int i = 0; i < dimensions; i++) {
        own[i][i] = 1;
      }
      return new PrincipalPlane(new double[dimensions], own, 1);
    }
    EigenDecomposition eigen =
        new EigenDecomposition(MatrixUtils.createRealMatrix(moments.covariance()));
    double[] values = eigen.getRealEigenvalues();
    double all = 0;
    for (double value : values) {
      all += value;
    }
    double[][] axes = new double[AXES][];
    for (int i = 0; i < AXES; i++) {
      axes[i] = oriented(eigen.getEigenvector(i).toArray());
    }
    return new PrincipalPlane(moments.mean(), axes, all > 0 ? (values[0] + values[1]) / all : 1);
  }

  private static double[] oriented(double[] axis) {
    double largest = 0;
    for (double component : axis) {
      largest = Math.abs(component) > Math.abs(largest) ? component : largest;
    }
    for (int i = 0; i < axis.length && largest < 0; i++) {
      axis[i] = -axis[i];
    }
    return axis;
  }

  /** Where a vector lies in the plane: 0 for the horizontal, 1 for the vertical coordinate. */
  public double coordinate(int axis, double[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += (vector[i] - mean[i]) * axes[axis][i];
    }
    return sum;
  }

  /** The share of the variance that lies in the plane, 0 to 1. */
  public double share() {
    return share;
  }
}
