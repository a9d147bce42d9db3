package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class FeatureMomentsTest {
  /** More columns than are summed at a time, and more rows than are centred at a time. */
  private static final int DIMENSIONS = 259;

  private static final FeatureRows ROWS = GaussianRows.of(1, 150, DIMENSIONS, 0.5, 2);

  private static double[][] bruteForce(FeatureRows rows) {
    int d = rows.dimensions();
    double[] mean = new double[d];
    for (int r = 0; r < rows.count(); r++) {
      for (int i = 0; i < d; i++) {
        mean[i] += (double) rows.values()[r * d + i] / rows.count();
      }
    }
    double[][] covariance = new double[d][d];
    for (int r = 0; r < rows.count(); r++) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i][j] +=
              (rows.values()[r * d + i] - mean[i])
                  * (rows.values()[r * d + j] - mean[j])
                  / (rows.count() - 1);
        }
      }
    }
    return covariance;
  }

  private static void assertClose(double[][] found, double[][] expected, double tolerance) {
    assertThat(found).hasDimensions(expected.length, expected.length);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        largest = Math.max(largest, Math.abs(found[i][j] - expected[i][j]));
      }
    }
    assertThat(largest).isLessThan(tolerance);
  }

  @Test
  void twoVectorsByHand() {
    FeatureMoments moments = GaussianRows.moments(new FeatureRows(new float[] {1, 10, 3, 4}, 2));

    assertThat(moments.mean()).containsExactly(2, 7);
    assertThat(moments.covariance()[0]).containsExactly(2, -6);
    assertThat(moments.covariance()[1]).containsExactly(-6, 18);
    assertThat(moments.count()).isEqualTo(2);
  }

  @Test
  void covarianceIsThatOfADoubleLoop() {
    assertClose(GaussianRows.moments(ROWS).covariance(), bruteForce(ROWS), 1e-12);
  }

  @Test
  void aLargeMeanCostsNoPrecision() {
    float[] far = ROWS.values().clone();
    for (int i = 0; i < far.length; i++) {
      // Sixteenths below 2^20 are exact in single precision, and so is the shift.
      far[i] = Math.round(far[i] * 16) / 16f + 500_000;
    }
    float[] near = far.clone();
    for (int i = 0; i < near.length; i++) {
      near[i] -= 500_000;
    }

    assertClose(
        GaussianRows.moments(new FeatureRows(far, DIMENSIONS)).covariance(),
        bruteForce(new FeatureRows(near, DIMENSIONS)),
        1e-9);
  }

  @Test
  void mergedPartsEqualTheWhole() {
    FeatureMoments merged = new FeatureMoments(DIMENSIONS);
    merged.merge(new FeatureMoments(DIMENSIONS));
    merged.merge(Travel.copy(GaussianRows.moments(ROWS.range(0, 1)), FeatureMoments.class));
    merged.merge(GaussianRows.moments(ROWS.range(1, 140)));
    merged.merge(new FeatureMoments(DIMENSIONS));
    merged.add(ROWS.range(140, 150));
    FeatureMoments whole = GaussianRows.moments(ROWS);

    assertThat(merged.count()).isEqualTo(150);
    assertThat(merged.mean()).containsExactly(whole.mean(), within(1e-14));
    assertClose(merged.covariance(), whole.covariance(), 1e-12);
  }

  @Test
  void refusesOneVectorAndOtherDimensions() {
    assertThatThrownBy(() -> GaussianRows.moments(ROWS.range(0, 1)).covariance())
        .isInstanceOf(JobException.class)
        .hasMessage("a covariance needs at least 2 feature vectors, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureMoments(3).add(ROWS))
        .withMessage("dimensions: expected 3, found 259");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FeatureMoments(3).merge(new FeatureMoments(4)));
  }
}
