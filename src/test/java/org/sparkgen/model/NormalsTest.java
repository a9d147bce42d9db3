package org.sparkgen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalsTest {
  private static final int COUNT = 4_000_000;
  private static final double[] VALUES = new double[COUNT];

  static {
    new Normals(6).fill(VALUES, 0, COUNT);
  }

  /** Shares of the standard normal below a number, from tables; 4 standard errors of a share. */
  @ParameterizedTest
  @CsvSource({
    "-4.0, 3.167124e-5",
    "-3.654152885361009, 1.290091e-4",
    "-2.5, 6.209665e-3",
    "-1.0, 0.158655254",
    "-0.25, 0.401293674",
    "0.0, 0.5",
    "0.3, 0.617911422",
    "1.0, 0.841344746",
    "2.0, 0.977249868",
    "3.0, 0.998650102",
    "3.9, 0.999951904",
  })
  void haveTheSharesOfTheNormalDistribution(double bound, double share) {
    int below = 0;
    for (double value : VALUES) {
      below += value < bound ? 1 : 0;
    }

    assertThat((double) below / COUNT)
        .isEqualTo(share, within(4 * Math.sqrt(share * (1 - share) / COUNT)));
  }

  @Test
  void haveItsMoments() {
    double[] sums = new double[5];
    for (double value : VALUES) {
      double power = 1;
      for (int i = 1; i < sums.length; i++) {
        power *= value;
        sums[i] += power / COUNT;
      }
    }

    // Four standard errors: the variances of the powers are 1, 2, 15, 96.
    double unit = 4 / Math.sqrt(COUNT);
    assertThat(sums[1]).isEqualTo(0, within(unit));
    assertThat(sums[2]).isEqualTo(1, within(Math.sqrt(2) * unit));
    assertThat(sums[3]).isEqualTo(0, within(Math.sqrt(15) * unit));
    assertThat(sums[4]).isEqualTo(3, within(Math.sqrt(96) * unit));
  }

  @Test
  void neighboursAreNotCorrelated() {
    double product = 0;
    double squares = 0;
    for (int i = 1; i < COUNT; i++) {
      product += VALUES[i] * VALUES[i - 1] / COUNT;
      squares += (VALUES[i] * VALUES[i] - 1) * (VALUES[i - 1] * VALUES[i - 1] - 1) / COUNT;
    }

    assertThat(product).isEqualTo(0, within(4 / Math.sqrt(COUNT)));
    assertThat(squares).isEqualTo(0, within(8 / Math.sqrt(COUNT)));
  }

  @Test
  void theSeedDecidesThem() {
    double[] again = new double[100];
    new Normals(6).fill(again, 10, 90);

    for (int i = 10; i < 100; i++) {
      assertThat(again[i]).isEqualTo(VALUES[i - 10]);
    }
    assertThat(new Normals(7).next()).isNotEqualTo(VALUES[0]);
  }
}
