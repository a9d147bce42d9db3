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
    assertThat(Diversity.ratio(dots(50, 50, 150, 150), REAL)).isCloseTo(1, within(1e-12));
  }

  @Test
  void isZeroForOnePictureDrawnAgainAndAgain() {
    assertThat(Diversity.ratio(dots(7, 9, 7, 9, 7, 9), REAL)).isZero();
  }

  @Test
  void isTheRatioOfMeanDistances() {
    assertThat(Diversity.ratio(dots(0, 0, 30, 30, 0, 0), REAL)).isCloseTo(0.2, within(1e-12));
    assertThat(Diversity.ratio(dots(0, 0, 255, 0), REAL))
        .isCloseTo(Math.sqrt(255 * 255 / 2.0) / 100, within(1e-12));
  }

  @Test
  void refusesWhatHasNoDistance() {
    assertThatThrownBy(() -> Diversity.ratio(dots(1, 1), REAL))
        .hasMessageStartingWith("diversity compares at least two samples with two real pictures");
    assertThatThrownBy(() -> Diversity.ratio(REAL, dots(5, 5, 5, 5)))
        .hasMessage("all real pictures are equal");
  }

  private static Pictures dots(int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return Pictures.of(DOT, pixels);
  }
}
