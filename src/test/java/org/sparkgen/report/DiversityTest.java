package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageShape;

class DiversityTest {
  private static final ImageShape DOT = new ImageShape(1, 1, 2);
  private static final Pictures REAL = dots(0, 0, 100, 100);

  @Test
  void isOneForSamplesThatVaryLikeTheData() {
    assertThat(ratio(dots(50, 50, 150, 150))).isCloseTo(1, within(1e-12));
  }

  @Test
  void isZeroForOnePictureDrawnAgainAndAgain() {
    assertThat(ratio(dots(7, 9, 7, 9, 7, 9))).isZero();
  }

  @Test
  void isTheRatioOfMeanDistances() {
    assertThat(ratio(dots(0, 0, 30, 30, 0, 0))).isCloseTo(0.2, within(1e-12));
    assertThat(ratio(dots(0, 0, 255, 0)))
        .isCloseTo(Math.sqrt(255 * 255 / 2.0) / 100, within(1e-12));
  }

  @Test
  void isNotMeasuredWhereThereIsNoDistance() {
    assertThat(Diversity.ratio(dots(1, 1), REAL)).isEmpty();
    assertThat(Diversity.ratio(REAL, dots(5, 5))).isEmpty();
    assertThat(Diversity.ratio(REAL, dots(5, 5, 5, 5))).isEmpty();
  }

  @Test
  void refusesAnotherShape() {
    Pictures other = Pictures.of(new ImageShape(1, 2, 2), new byte[8]);
    assertThatThrownBy(() -> Diversity.ratio(other, REAL))
        .hasMessageStartingWith("diversity compares pictures of one shape, not samples of");
  }

  private static double ratio(Pictures samples) {
    return Diversity.ratio(samples, REAL).orElseThrow();
  }

  private static Pictures dots(int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return Pictures.of(DOT, pixels);
  }
}
