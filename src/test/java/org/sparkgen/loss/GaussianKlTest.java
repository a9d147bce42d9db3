package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianKlTest {
  @Test
  void isZeroForTheStandardNormal() {
    assertThat(GaussianKl.value(0, 0)).isZero();
  }

  @Test
  void agreesWithNumbersWorkedOutByHand() {
    // (1 + 4 - 1 - ln 4) / 2 and (9 + 1 - 1 - 0) / 2.
    assertThat(GaussianKl.value(1, Math.log(4))).isEqualTo(2 - Math.log(2), within(1e-12));
    assertThat(GaussianKl.value(3, 0)).isEqualTo(4.5, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.3,-2", "-1.2,0.4", "2,1", "0,0", "0.7,-0.3", "-0.1,3"})
  void gradientsAgreeWithCentralDifferences(double mean, double logVariance) {
    double h = 1e-6;

    assertThat(GaussianKl.meanGradient(mean))
        .isEqualTo(
            (GaussianKl.value(mean + h, logVariance) - GaussianKl.value(mean - h, logVariance))
                / (2 * h),
            within(1e-8));
    assertThat(GaussianKl.logVarianceGradient(logVariance))
        .isEqualTo(
            (GaussianKl.value(mean, logVariance + h) - GaussianKl.value(mean, logVariance - h))
                / (2 * h),
            within(1e-8));
  }

  @Test
  void aVanishingVarianceIsFinite() {
    assertThat(GaussianKl.value(0, -1000)).isEqualTo(499.5);
    assertThat(GaussianKl.logVarianceGradient(-1000)).isEqualTo(-0.5);
  }
}
