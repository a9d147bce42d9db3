package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class AgreementCountsTest {
  private static AgreementCounts of(int[] expected, int[] predicted) {
    AgreementCounts counts = new AgreementCounts();
    counts.add(expected, predicted);
    return counts;
  }

  @Test
  void theShareIsOfAllExamples() {
    ClassAgreement result = of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 2, 1, 0}).result();

    assertThat(result.value()).isEqualTo(0.6);
    assertThat(result.standardError()).isCloseTo(Math.sqrt(0.6 * 0.4 / 5), within(1e-15));
    assertThat(result.examples()).isEqualTo(5);
  }

  @Test
  void mergedPartsEqualTheWhole() {
    AgreementCounts merged = new AgreementCounts();
    merged.merge(Travel.copy(of(new int[] {0, 2}, new int[] {0, 1}), AgreementCounts.class));
    merged.merge(of(new int[] {2}, new int[] {2}));

    assertThat(merged.result().value()).isEqualTo(2 / 3.0);
    assertThat(merged.result().examples()).isEqualTo(3);
  }

  @Test
  void refusesUnequalLengthsAndNothingAtAll() {
    assertThatIllegalArgumentException().isThrownBy(() -> of(new int[] {0, 1}, new int[] {0}));
    assertThatThrownBy(() -> new AgreementCounts().result())
        .isInstanceOf(JobException.class)
        .hasMessage("the share of agreeing classes needs at least 1 examples, found 0");
  }
}
