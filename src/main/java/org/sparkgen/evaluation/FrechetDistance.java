package org.sparkgen.evaluation;

import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.sparkgen.config.JobException;

/**
 * The squared Frechet distance between the Gaussians that two sets of feature vectors look like:
 * {@code |m_a - m_b|^2 + tr(S_a + S_b - 2 (S_a S_b)^(1/2))} (Dowson and Landau, "The Frechet
 * distance between multivariate normal distributions", 1982; as a metric of samples Heusel et al.,
 * "GANs trained by a two time-scale update rule", 2017).
 *
 * <p>Its expectation is above zero for two samples of one distribution, and falls as 1/n: compare
 * distances of equal counts only, and to the distance between real sets.
 *
 * @param value at least 0
 * @param real vectors in the first set
 * @param generated vectors in the second
 */
public record FrechetDistance(double value, long real, long generated) {
  /**
   * The distance between two sets. Their covariances may be singular, and are where a set has no
   * more vectors than dimensions.
   *
   * @throws JobException for a set of fewer than two vectors
   */
  public static FrechetDistance between(FeatureMoments real, FeatureMoments generated) {
    Checks.same("dimensions", real.dimensions(), generated.dimensions());
    Checks.atLeast(2, real.count(), "the Frechet distance", "real feature vectors");
    Checks.atLeast(2, generated.count(), "the Frechet distance", "generated feature vectors");
    double[] realMean = real.mean();
    double[] generatedMean = generated.mean();
    double[][] realCovariance = real.covariance();
    double[][] generatedCovariance = generated.covariance();
    double sum = 0;
    for (int i = 0; i < realMean.length; i++) {
      double difference = realMean[i] - generatedMean[i];
      sum += difference * difference + realCovariance[i][i] + generatedCovariance[i][i];
    }
    double value = sum - 2 * rootTrace(realCovariance, generatedCovariance);
    return new FrechetDistance(Math.max(0, value), real.count(), generated.count());
  }

  /**
   * {@code tr (S_a S_b)^(1/2)}. With {@code S_a = A A'} and {@code S_b = B B'}, the eigenvalues of
   * the product are the squared singular values of {@code B'A}; taking these avoids the roots of
   * eigenvalues that are nothing but rounding.
   */
  private static double rootTrace(double[][] first, double[][] second) {
    RealMatrix product = root(second).transpose().multiply(root(first));
    return Arrays.stream(new SingularValueDecomposition(product).getSingularValues()).sum();
  }

  /** A matrix A with {@code A A'} equal to a covariance, which may be singular. */
  private static RealMatrix root(double[][] covariance) {
    EigenDecomposition eigen = new EigenDecomposition(MatrixUtils.createRealMatrix(covariance));
    double[] values = eigen.getRealEigenvalues();
    double rounding = values.length * Math.ulp(Arrays.stream(values).max().orElse(0));
    double[] scales =
        Arrays.stream(values).map(value -> value > rounding ? Math.sqrt(value) : 0).toArray();
    return eigen.getV().multiply(MatrixUtils.createRealDiagonalMatrix(scales));
  }
}
