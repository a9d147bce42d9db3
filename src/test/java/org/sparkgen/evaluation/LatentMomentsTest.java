package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class LatentMomentsTest {
  /**
   * Four examples of three dimensions: one active, one far from zero but constant, one too weak.
   */
  private static final double[] MEANS = {
    -0.2, 1000, 0.09,
    0.2, 1000, -0.09,
    -0.2, 1000, 0.08,
    0.2, 1000, -0.08,
  };

  private static final double[] KL = {
    1, 0.5, 0,
    2, 0.5, 0,
    3, 0.5, 0,
    4, 0.5, 0.4,
  };

  private static LatentMoments of(int from, int to) {
    LatentMoments moments = new LatentMoments(3);
    moments.add(
        Arrays.copyOfRange(MEANS, 3 * from, 3 * to), Arrays.copyOfRange(KL, 3 * from, 3 * to));
    return moments;
  }

  @Test
  void onlyDimensionsWhoseMeanVariesAreActive() {
    ActiveUnits units = of(0, 4).result();

    assertThat(units.value()).isEqualTo(1);
    assertThat(units.latents()).isEqualTo(3);
    assertThat(units.examples()).isEqualTo(4);
    assertThat(units.variances().get(0)).isCloseTo(0.16 / 3, within(1e-15));
    assertThat(units.variances().get(1)).isZero();
    assertThat(units.variances().get(2)).isCloseTo(0.029 / 3, within(1e-15));
    assertThat(units.kl().get(0)).isCloseTo(2.5, within(1e-15));
    assertThat(units.kl().get(1)).isCloseTo(0.5, within(1e-15));
    assertThat(units.kl().get(2)).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void theThresholdItselfIsNotActive() {
    assertThat(new ActiveUnits(List.of(0.01, 0.010001), List.of(0.0, 0.0), 2))
        .extracting(ActiveUnits::value)
        .isEqualTo(1);
  }

  @Test
  void mergedPartsEqualTheWhole() {
    LatentMoments merged = new LatentMoments(3);
    merged.merge(Travel.copy(of(0, 1), LatentMoments.class));
    merged.merge(new LatentMoments(3));
    merged.merge(of(1, 4));
    ActiveUnits whole = of(0, 4).result();

    for (int j = 0; j < 3; j++) {
      assertThat(merged.result().variances().get(j))
          .isCloseTo(whole.variances().get(j), within(1e-15));
      assertThat(merged.result().kl().get(j)).isCloseTo(whole.kl().get(j), within(1e-15));
    }
    assertThat(merged.examples()).isEqualTo(4);
  }

  @Test
  void refusesOneExampleAndTornRows() {
    assertThatThrownBy(() -> of(0, 1).result())
        .isInstanceOf(JobException.class)
        .hasMessage("the number of active units needs at least 2 examples, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMoments(3).add(new double[4], new double[4]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMoments(3).add(new double[3], new double[6]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LatentMoments(3).merge(new LatentMoments(2)));
  }
}
