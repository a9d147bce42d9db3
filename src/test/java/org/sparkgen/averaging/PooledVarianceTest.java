package org.sparkgen.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PooledVarianceTest {
  @Test
  void twoSetsMadeByHandHaveTheVarianceOfTheirUnion() {
    // {1, 3}: mean 2, variance 1. {4, 6, 8, 10}: mean 7, variance 5.
    // Union: mean 32/6, variance 226/6 - (32/6)^2 = 9.2222.
    PooledVariance pooled = new PooledVariance(1);
    pooled.add(2, new float[] {2f, 1f});
    pooled.add(4, new float[] {7f, 5f});

    assertThat(pooled.variances()).containsExactly((float) (226.0 / 6 - 32.0 * 32 / 36));
    assertThat(pooled.examples()).isEqualTo(6);
  }

  @Test
  void isNotTheMeanOfTheVariancesWhenTheMeansDiffer() {
    PooledVariance pooled = new PooledVariance(1);
    pooled.add(1, new float[] {-1f, 0f});
    pooled.add(1, new float[] {1f, 0f});

    assertThat(pooled.variances()).containsExactly(1f);
  }

  @Test
  void equalsTheVarianceOfTheSamplesThemselves() {
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      PooledVariance pooled = new PooledVariance(1);
      double sum = 0;
      double squares = 0;
      int examples = 0;
      for (int shard = 0; shard < 1 + trial % 5; shard++) {
        double[] sample = random.doubles(1 + random.nextInt(40), -2, 5).toArray();
        pooled.add(sample.length, moments(sample));
        for (double x : sample) {
          sum += x;
          squares += x * x;
        }
        examples += sample.length;
      }
      double mean = sum / examples;

      assertThat((double) pooled.variances()[0])
          .isCloseTo(squares / examples - mean * mean, within(1e-5));
    }
  }

  @Test
  void oneGroupComesOutBitForBitAndEmptyGroupsWeighNothing() {
    float[] moments = {1e6f, -0.1f, 1e-9f, 0.3f};
    PooledVariance pooled = new PooledVariance(2);
    pooled.add(0, new float[] {9f, 9f, Float.NaN, 9f});
    pooled.add(1_234_567, moments);
    pooled.add(0, new float[] {9f, 9f, 9f, Float.NaN});

    WeightedSumTest.assertSameBits(pooled.variances(), new float[] {1e-9f, 0.3f});
  }

  @Test
  void varianceStaysAboveZeroWhereTheTextbookDifferenceCancels() {
    PooledVariance pooled = new PooledVariance(1);
    for (int shard = 0; shard < 64; shard++) {
      pooled.add(1000 + shard, new float[] {30_000.002f, 1e-12f});
    }

    assertThat(pooled.variances()[0]).isCloseTo(1e-12f, within(1e-16f));
  }

  @Test
  void hasNoMomentsOfNothing() {
    PooledVariance pooled = new PooledVariance(1);

    assertThatThrownBy(pooled::variances).hasMessage("no examples were added: there is no mean");
    assertThatThrownBy(() -> pooled.add(1, new float[3])).hasMessage("expected 2 values, found 3");
  }

  private static float[] moments(double[] sample) {
    double mean = 0;
    for (double x : sample) {
      mean += x / sample.length;
    }
    double variance = 0;
    for (double x : sample) {
      variance += (x - mean) * (x - mean) / sample.length;
    }
    return new float[] {(float) mean, (float) variance};
  }
}
