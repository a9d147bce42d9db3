package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.FeaturesConfig.Scaling;

class FeatureScalingTest {
  /** Two features: 1, 2, 3, 6 (mean 3, variance 14 / 4) and a constant 5. */
  private static final float[] ROWS = {1, 5, 2, 5, 3, 5, 6, 5};

  private static FeatureStatistics statistics(float[]... parts) {
    FeatureStatistics all = new FeatureStatistics(2);
    for (float[] part : parts) {
      FeatureStatistics statistics = new FeatureStatistics(2);
      statistics.add(part);
      all.merge(statistics);
    }
    return all;
  }

  @Test
  void standardisesByMeanAndDeviation() {
    FeatureScaling scaling = statistics(ROWS).scaling(Scaling.STANDARD);

    assertThat(scaling.shift()).containsExactly(3, 5);
    assertThat(scaling.scale()).containsExactly(Math.sqrt(3.5), 1);
    assertThat(scaling.apply(new float[] {3, 5, 6, 7}))
        .containsExactly(0, 0, (float) (3 / Math.sqrt(3.5)), 2);
  }

  @Test
  void mapsTheRangeToTheUnitInterval() {
    FeatureScaling scaling = statistics(ROWS).scaling(Scaling.UNIT);

    assertThat(scaling.apply(ROWS)).containsExactly(0, 0, 0.2f, 0, 0.4f, 0, 1, 0);
  }

  @Test
  void changesNothingIfNotAsked() {
    FeatureScaling scaling = statistics(ROWS).scaling(Scaling.NONE);

    assertThat(scaling.isNone()).isTrue();
    assertThat(scaling.apply(ROWS)).isEqualTo(ROWS).isNotSameAs(ROWS);
    assertThat(statistics().scaling(Scaling.STANDARD).isNone()).isTrue();
  }

  @Test
  void invertsWhatItApplied() {
    FeatureScaling scaling = statistics(ROWS).scaling(Scaling.STANDARD);

    assertThat(scaling.invert(scaling.apply(ROWS))).containsExactly(ROWS, within(1e-6f));
  }

  @Test
  void mergesPartsIntoTheSameStatistics() {
    FeatureScaling whole = statistics(ROWS).scaling(Scaling.STANDARD);
    FeatureScaling merged =
        statistics(new float[] {1, 5}, new float[0], new float[] {2, 5, 3, 5, 6, 5})
            .scaling(Scaling.STANDARD);

    assertThat(merged.shift()).containsExactly(whole.shift(), within(1e-12));
    assertThat(merged.scale()).containsExactly(whole.scale(), within(1e-12));
  }

  /** A large mean must not swallow a small variance. */
  @Test
  void keepsItsPrecisionFarFromZero() {
    FeatureStatistics statistics = new FeatureStatistics(1);
    statistics.add(new float[] {8_388_608, 8_388_609, 8_388_610, 8_388_611});

    assertThat(statistics.scaling(Scaling.STANDARD).scale()[0])
        .isCloseTo(Math.sqrt(1.25), within(1e-9));
  }

  @Test
  void refusesShiftsAndScalesOfDifferentLength() {
    assertThatThrownBy(() -> new FeatureScaling(new double[2], new double[1]))
        .hasMessage("2 shifts but 1 scales");
  }
}
