package org.sparkgen.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeatureSampleTest {
  private static FeatureSample of(int mostRows, float... values) {
    FeatureSample sample = new FeatureSample(mostRows);
    sample.add(values, 2);
    return sample;
  }

  @Test
  void momentsAreOfAllExamplesAndRowsOfTheFirst() {
    FeatureSample sample = of(2, 1, 2);
    sample.add(new float[] {3, 4, 5, 6}, 2);

    assertThat(sample.count()).isEqualTo(3);
    assertThat(sample.moments().mean()).containsExactly(3, 4);
    assertThat(sample.keptRows()).isEqualTo(2);
    assertThat(sample.firstRows(2).values()).containsExactly(1, 2, 3, 4);
    assertThat(sample.firstRows(1).values()).containsExactly(1, 2);
  }

  @Test
  void mergingIsAddingInOrder() {
    FeatureSample merged = new FeatureSample(3);
    merged.merge(new FeatureSample(3));
    merged.merge(of(3, 1, 2));
    merged.merge(new FeatureSample(3));
    merged.merge(of(3, 3, 4, 5, 6, 7, 8));

    assertThat(merged.count()).isEqualTo(4);
    assertThat(merged.moments().mean()).containsExactly(4, 5);
    assertThat(merged.firstRows(3).values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(new FeatureSample(3).count()).isZero();
  }
}
