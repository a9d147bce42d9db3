package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.JobException;

class FeatureRowsTest {
  private static final FeatureRows ROWS = new FeatureRows(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2);

  @Test
  void partsJoinToTheWhole() {
    assertThat(ROWS.count()).isEqualTo(4);
    assertThat(ROWS.range(1, 3).values()).containsExactly(3, 4, 5, 6);
    assertThat(FeatureRows.joined(List.of(ROWS.range(0, 1), ROWS.range(1, 4))).values())
        .containsExactly(ROWS.values());
  }

  @Test
  void shufflingKeepsRowsWholeAndDependsOnTheSeedOnly() {
    FeatureRows shuffled = ROWS.shuffled(3);

    assertThat(shuffled.values()).isNotEqualTo(ROWS.values());
    assertThat(shuffled.values()).isEqualTo(ROWS.shuffled(3).values());
    for (int row = 0; row < 4; row++) {
      assertThat(shuffled.row(row)[1]).isEqualTo(shuffled.row(row)[0] + 1);
    }
    assertThat(shuffled.values()).containsExactlyInAnyOrder(ROWS.values());
  }

  @Test
  void refusesTornRowsAndNumbersThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FeatureRows(new float[3], 2));
    assertThatThrownBy(() -> new FeatureRows(new float[] {0, 0, 0, Float.NaN}, 2))
        .isInstanceOf(JobException.class)
        .hasMessageStartingWith("feature 1 of row 1 is NaN");
  }
}
