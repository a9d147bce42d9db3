package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class KernelDistanceTest {
  private static KernelDistanceSums sums(FeatureRows real, FeatureRows generated, int blockSize) {
    KernelDistanceSums sums = new KernelDistanceSums(blockSize);
    sums.add(real, generated);
    return sums;
  }

  private static double kernel(FeatureRows a, int row, FeatureRows b, int other) {
    double product = 0;
    for (int i = 0; i < a.dimensions(); i++) {
      product += a.row(row)[i] * b.row(other)[i];
    }
    return Math.pow(product / a.dimensions() + 1, 3);
  }

  private static double bruteForce(FeatureRows x, FeatureRows y) {
    double n = x.count();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          sum += (kernel(x, i, x, j) + kernel(y, i, y, j)) / (n * (n - 1));
        }
        sum -= 2 * kernel(x, i, y, j) / (n * n);
      }
    }
    return sum;
  }

  @Test
  void twoPointsByHand() {
    FeatureRows x = new FeatureRows(new float[] {0, 0, 2, 0}, 2);
    FeatureRows y = new FeatureRows(new float[] {0, 2, 1, 1}, 2);
    // Within x: (0 + 1)^3 = 1. Within y: (2/2 + 1)^3 = 8.
    // Between: 1, 1, (0/2 + 1)^3 = 1, (2/2 + 1)^3 = 8; their mean is 11/4.
    KernelDistance distance = sums(x, y, 2).result();

    assertThat(distance.value()).isCloseTo(1 + 8 - 2 * 11 / 4.0, within(1e-14));
    assertThat(distance.standardError()).isNaN();
  }

  @Test
  void manyDimensionsAndTilesAreThoseOfADoubleLoop() {
    FeatureRows x = GaussianRows.of(1, 131, 7, 0, 1);
    FeatureRows y = GaussianRows.of(2, 131, 7, 0.3, 1.2);

    assertThat(sums(x, y, 131).result().value()).isCloseTo(bruteForce(x, y), within(1e-12));
  }

  @Test
  void valueAndErrorAreThoseOfTheBlocks() {
    FeatureRows x = GaussianRows.of(3, 25, 4, 0, 1);
    FeatureRows y = GaussianRows.of(4, 32, 4, 1, 1);
    double first = bruteForce(x.range(0, 10), y.range(0, 10));
    double second = bruteForce(x.range(10, 20), y.range(10, 20));
    KernelDistance distance = sums(x, y, 10).result();

    assertThat(distance.value()).isCloseTo((first + second) / 2, within(1e-12));
    // Two numbers differ by sqrt(2) standard deviations, and the mean's error is 1 / sqrt(2) of it.
    assertThat(distance.standardError()).isCloseTo(Math.abs(first - second) / 2, within(1e-12));
    assertThat(distance.blocks()).isEqualTo(2);
    assertThat(distance.blockSize()).isEqualTo(10);
    assertThat(distance.real()).isEqualTo(20);
    assertThat(distance.generated()).isEqualTo(20);
  }

  @Test
  void isZeroWithinItsErrorForOneDistributionAndNotForTwo() {
    FeatureRows real = GaussianRows.of(5, 2000, 8, 0, 1);
    KernelDistance same = sums(real, GaussianRows.of(6, 2000, 8, 0, 1), 50).result();
    KernelDistance other = sums(real, GaussianRows.of(7, 2000, 8, 0.3, 1), 50).result();

    assertThat(Math.abs(same.value())).isLessThan(2.5 * same.standardError());
    assertThat(other.value()).isGreaterThan(5 * other.standardError());
    // The biased estimate, with each row against itself, would be above zero by far: the
    // self-products are (|x|^2 / d + 1)^3, about 8 or more, over 50.
    assertThat(same.standardError()).isLessThan(0.02);
  }

  @Test
  void mergedPartsEqualTheWhole() {
    FeatureRows x = GaussianRows.of(8, 60, 4, 0, 1);
    FeatureRows y = GaussianRows.of(9, 60, 4, 0, 1);
    KernelDistanceSums merged = new KernelDistanceSums(20);
    merged.merge(Travel.copy(sums(x.range(0, 20), y.range(0, 20), 20), KernelDistanceSums.class));
    merged.merge(new KernelDistanceSums(20));
    merged.merge(sums(x.range(20, 60), y.range(20, 60), 20));
    KernelDistance whole = sums(x, y, 20).result();

    assertThat(merged.result().value()).isCloseTo(whole.value(), within(1e-14));
    assertThat(merged.result().standardError()).isCloseTo(whole.standardError(), within(1e-14));
    assertThat(merged.blocks()).isEqualTo(3);
  }

  @Test
  void refusesSetsWithoutABlockAndOtherBlocks() {
    FeatureRows rows = GaussianRows.of(8, 60, 4, 0, 1);

    assertThatThrownBy(() -> sums(rows, rows.range(0, 20), 21).result())
        .isInstanceOf(JobException.class)
        .hasMessage("the kernel distance needs at least 1 pair of blocks of 21 rows each, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KernelDistanceSums(3).merge(new KernelDistanceSums(4)))
        .withMessage("rows in a block: expected 3, found 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KernelDistanceSums(1))
        .withMessage("a block has at least 2 rows, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums(rows, GaussianRows.of(8, 60, 3, 0, 1), 20));
  }
}
