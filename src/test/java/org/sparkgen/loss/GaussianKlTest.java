package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GaussianKlTest {
  private static final INDArray MEAN =
      Nd4j.createFromArray(new double[][] {{0.3, -1.2, 2}, {0, 0.7, -0.1}});
  private static final INDArray LOG_VARIANCE =
      Nd4j.createFromArray(new double[][] {{-2, 0.4, 1}, {0, -0.3, 3}});

  private static INDArray row(double... values) {
    return Nd4j.createFromArray(new double[][] {values});
  }

  @Test
  void isZeroForTheStandardNormal() {
    assertThat(GaussianKl.value(row(0, 0), row(0, 0))).isZero();
  }

  @Test
  void sumsTheDimensionsByHand() {
    // (1 + 4 - 1 - ln 4) / 2 and (9 + 1 - 1 - 0) / 2.
    assertThat(GaussianKl.value(row(1, 3), row(Math.log(4), 0)))
        .isEqualTo(2 - Math.log(2) + 4.5, within(1e-12));
  }

  @Test
  void sumsTheExamples() {
    double value = GaussianKl.value(MEAN, LOG_VARIANCE);

    assertThat(GaussianKl.value(Nd4j.vstack(MEAN, MEAN), Nd4j.vstack(LOG_VARIANCE, LOG_VARIANCE)))
        .isEqualTo(2 * value, within(1e-12));
  }

  @Test
  void gradientsAgreeWithCentralDifferences() {
    double scale = 0.35;

    Differences.check(
        MEAN,
        GaussianKl.meanGradient(MEAN, scale),
        mean -> scale * GaussianKl.value(mean, LOG_VARIANCE));
    Differences.check(
        LOG_VARIANCE,
        GaussianKl.logVarianceGradient(LOG_VARIANCE, scale),
        logVariance -> scale * GaussianKl.value(MEAN, logVariance));
  }

  @Test
  void leavesItsArgumentsAlone() {
    INDArray mean = MEAN.dup();
    INDArray logVariance = LOG_VARIANCE.dup();
    GaussianKl.value(mean, logVariance);
    GaussianKl.meanGradient(mean, 2).addi(1);
    GaussianKl.logVarianceGradient(logVariance, 2).addi(1);

    assertThat(mean).isEqualTo(MEAN);
    assertThat(logVariance).isEqualTo(LOG_VARIANCE);
  }

  @Test
  void aVanishingVarianceIsFinite() {
    assertThat(GaussianKl.value(row(0), row(-1000))).isEqualTo(499.5);
    assertThat(GaussianKl.logVarianceGradient(row(-1000), 1).getDouble(0)).isEqualTo(-0.5);
  }
}
