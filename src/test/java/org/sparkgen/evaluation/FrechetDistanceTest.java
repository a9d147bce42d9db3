package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class FrechetDistanceTest {
  private static FeatureMoments moments(FeatureRows rows) {
    return GaussianRows.moments(rows);
  }

  private static double distance(FeatureRows a, FeatureRows b) {
    return FrechetDistance.between(moments(a), moments(b)).value();
  }

  /**
   * A set with exactly the mean and a diagonal covariance: two rows per dimension, on both sides of
   * the mean. The squares of d dimensions are over 2d - 1.
   */
  private static FeatureRows diagonal(float[] mean, float[] offsets) {
    int d = mean.length;
    float[] values = new float[2 * d * d];
    for (int row = 0; row < 2 * d; row++) {
      System.arraycopy(mean, 0, values, row * d, d);
      values[row * d + row / 2] += row % 2 == 0 ? offsets[row / 2] : -offsets[row / 2];
    }
    return new FeatureRows(values, d);
  }

  /** Turns the first two dimensions by the angle whose sine and cosine are 3/5 and 4/5. */
  private static FeatureRows turned(FeatureRows rows) {
    float[] values = rows.values().clone();
    for (int at = 0; at < values.length; at += rows.dimensions()) {
      float x = values[at];
      float y = values[at + 1];
      values[at] = (4 * x - 3 * y) / 5;
      values[at + 1] = (3 * x + 4 * y) / 5;
    }
    return new FeatureRows(values, rows.dimensions());
  }

  @Test
  void equalSetsAreAtDistanceZero() {
    FeatureRows rows = GaussianRows.of(2, 300, 40, 1, 3);

    assertThat(distance(rows, rows)).isCloseTo(0, within(1e-10));
  }

  @Test
  void oneDimensionIsTheSumOfSquaredDifferencesOfMeansAndDeviations() {
    // Means 2 and 7; variances 2 and 18.
    double deviations = Math.sqrt(18) - Math.sqrt(2);
    FeatureRows a = new FeatureRows(new float[] {1, 3}, 1);
    FeatureRows b = new FeatureRows(new float[] {4, 10}, 1);

    assertThat(distance(a, b)).isCloseTo(25 + deviations * deviations, within(1e-13));
  }

  @Test
  void diagonalCovariancesAddUpByDimension() {
    FeatureRows a = diagonal(new float[] {0, 1, 2}, new float[] {1, 2, 4});
    FeatureRows b = diagonal(new float[] {3, 1, 0}, new float[] {2, 2, 0.5f});
    // Variances are 2 o^2 / 5, so that deviations differ by sqrt(2 / 5) times the offsets.
    double expected = 9 + 4 + 0.4 * (1 + 3.5 * 3.5);

    assertThat(distance(a, b)).isCloseTo(expected, within(1e-12));
    assertThat(distance(b, a)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aTurnedCovarianceIsThatOfTheClosedFormForTwoDimensions() {
    FeatureRows a = diagonal(new float[2], new float[] {10, 20});
    FeatureRows b = turned(diagonal(new float[2], new float[] {40, 5}));
    double[][] s = moments(a).covariance();
    double[][] t = moments(b).covariance();
    // The eigenvalues p, q of a 2x2 product have (sqrt p + sqrt q)^2 = trace + 2 sqrt(det).
    double trace = s[0][0] * t[0][0] + s[1][1] * t[1][1];
    double determinant = s[0][0] * s[1][1] * (t[0][0] * t[1][1] - t[0][1] * t[1][0]);
    double root = Math.sqrt(trace + 2 * Math.sqrt(determinant));

    assertThat(Math.abs(t[0][1])).isGreaterThan(1);
    assertThat(distance(a, b))
        .isCloseTo(s[0][0] + s[1][1] + t[0][0] + t[1][1] - 2 * root, within(1e-10));
  }

  @Test
  void turningBothSetsChangesNothing() {
    FeatureRows a = diagonal(new float[3], new float[] {5, 10, 15});
    FeatureRows b = diagonal(new float[] {5, 0, 0}, new float[] {20, 5, 0});

    assertThat(distance(turned(a), turned(b))).isCloseTo(distance(a, b), within(1e-4));
    assertThat(distance(turned(a), b)).isNotCloseTo(distance(a, b), within(1.0));
  }

  @Test
  void singularCovariancesHaveADistanceToo() {
    // All variance of a in the first dimension, all of b in the second: the root has no trace.
    FeatureRows a = diagonal(new float[2], new float[] {3, 0});
    FeatureRows b = diagonal(new float[2], new float[] {0, 6});
    FeatureRows points = diagonal(new float[] {1, 1}, new float[2]);

    assertThat(distance(a, b)).isCloseTo(6 + 24, within(1e-12));
    assertThat(distance(a, points)).isCloseTo(2 + 6, within(1e-12));
    assertThat(distance(points, points)).isZero();
  }

  @Test
  void setsWithFewerVectorsThanDimensionsHaveADistance() {
    FeatureRows rows = GaussianRows.of(5, 10, 60, 0, 1);
    float[] doubled = rows.values().clone();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }
    FeatureMoments moments = moments(rows);
    double meanSquares = 0;
    double trace = 0;
    for (int i = 0; i < 60; i++) {
      meanSquares += moments.mean()[i] * moments.mean()[i];
      trace += moments.covariance()[i][i];
    }

    assertThat(distance(rows, rows)).isCloseTo(0, within(1e-10));
    // All deviations are doubled, and the mean is: the distance is that of the halves.
    assertThat(distance(rows, new FeatureRows(doubled, 60)))
        .isCloseTo(meanSquares + trace, within(1e-9));
  }

  @Test
  void countsAreStatedAndTooFewRefused() {
    FeatureRows rows = GaussianRows.of(5, 10, 3, 0, 1);
    FrechetDistance distance = FrechetDistance.between(moments(rows), moments(rows.range(0, 4)));

    assertThat(distance.real()).isEqualTo(10);
    assertThat(distance.generated()).isEqualTo(4);
    assertThatThrownBy(() -> distance(rows, rows.range(0, 1)))
        .isInstanceOf(JobException.class)
        .hasMessage("the Frechet distance needs at least 2 generated feature vectors, found 1");
    assertThatThrownBy(() -> distance(rows.range(0, 1), rows))
        .isInstanceOf(JobException.class)
        .hasMessage("the Frechet distance needs at least 2 real feature vectors, found 1");
  }
}
