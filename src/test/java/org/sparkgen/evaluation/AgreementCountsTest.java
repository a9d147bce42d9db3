package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class AgreementCountsTest {
  private static AgreementCounts of(int[] expected, int[] predicted) {
    AgreementCounts counts = new AgreementCounts(3);
    counts.add(expected, predicted);
    return counts;
  }

  @Test
  void sharesAreOfAllAndOfEachClass() {
    AgreementCounts counts = of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 2, 1, 0});

    assertThat(counts.result().value()).isEqualTo(0.6);
    assertThat(counts.result().standardError()).isCloseTo(Math.sqrt(0.6 * 0.4 / 5), within(1e-15));
    assertThat(counts.result().examples()).isEqualTo(5);
    assertThat(counts.result(0).value()).isEqualTo(2 / 3.0);
    assertThat(counts.result(1).value()).isEqualTo(0.5);
    assertThat(counts.count(0, 2)).isEqualTo(1);
    assertThat(counts.count(2, 0)).isZero();
    assertThatThrownBy(() -> counts.result(2))
        .isInstanceOf(JobException.class)
        .hasMessage("the share of agreeing classes needs at least 1 examples, found 0");
  }

  @Test
  void mergedPartsEqualTheWhole() {
    AgreementCounts merged = new AgreementCounts(3);
    merged.merge(Travel.copy(of(new int[] {0, 2}, new int[] {0, 1}), AgreementCounts.class));
    merged.merge(of(new int[] {2}, new int[] {2}));

    assertThat(merged.result().value()).isEqualTo(2 / 3.0);
    assertThat(merged.count(2, 1)).isEqualTo(1);
    assertThat(merged.count(2, 2)).isEqualTo(1);
  }

  @Test
  void refusesClassesThatThereAreNot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(new int[] {0}, new int[] {3}))
        .withMessage("a class is from 0 to 2, found 3");
    assertThatIllegalArgumentException().isThrownBy(() -> of(new int[] {-1}, new int[] {0}));
    assertThatIllegalArgumentException().isThrownBy(() -> of(new int[] {0, 1}, new int[] {0}));
  }
}
