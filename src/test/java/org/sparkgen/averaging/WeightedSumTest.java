package org.sparkgen.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedSumTest {
  @Test
  void meanIsTheWeightedMeanWorkedByHand() {
    WeightedSum sum = new WeightedSum(2);
    sum.add(1, new float[] {1f, -4f});
    sum.add(3, new float[] {5f, 8f});

    assertThat(sum.mean()).containsExactly((1f + 15f) / 4f, (-4f + 24f) / 4f);
    assertThat(sum.examples()).isEqualTo(4);
  }

  @Test
  void emptyPlusSomethingAndSomethingPlusEmptyAreSomething() {
    float[] values = {0.1f, -0.0f, 3e38f, Float.MIN_VALUE};
    WeightedSum emptyFirst = new WeightedSum(4);
    emptyFirst.merge(new WeightedSum(4));
    emptyFirst.add(7, values);
    WeightedSum emptyLast = new WeightedSum(4);
    emptyLast.add(7, values);
    emptyLast.merge(new WeightedSum(4));

    assertSameBits(emptyFirst.mean(), values);
    assertSameBits(emptyLast.mean(), values);
  }

  @Test
  void contributionOfNoExamplesWeighsNothingWhateverItsValues() {
    WeightedSum sum = new WeightedSum(1);
    sum.add(0, new float[] {Float.NaN});
    sum.add(2, new float[] {-0.0f});
    sum.add(0, new float[] {Float.POSITIVE_INFINITY});

    assertSameBits(sum.mean(), new float[] {-0.0f});
  }

  @Test
  void oneContributionComesOutBitForBit() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200; trial++) {
      float[] values = anyFinite(random, 50);
      WeightedSum sum = new WeightedSum(values.length);
      sum.add(1 + random.nextInt(1 << 29), values);

      assertSameBits(sum.mean(), values);
    }
  }

  @Test
  void mergeOfTwoHalvesIsTheMeanOfAllWithinOneRounding() {
    Random random = new Random(2);
    for (int trial = 0; trial < 100; trial++) {
      int shards = 1 + random.nextInt(9);
      WeightedSum whole = new WeightedSum(3);
      WeightedSum[] halves = {new WeightedSum(3), new WeightedSum(3)};
      for (int shard = 0; shard < shards; shard++) {
        float[] values = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        int examples = random.nextInt(1000);
        whole.add(examples, values);
        halves[shard % 2].add(examples, values);
      }
      halves[0].merge(halves[1]);

      assertThat(halves[0].examples()).isEqualTo(whole.examples());
      if (whole.examples() > 0) {
        for (int i = 0; i < 3; i++) {
          float expected = whole.mean()[i];
          assertThat(Math.abs(halves[0].mean()[i] - expected))
              .isLessThanOrEqualTo(Math.ulp(expected));
        }
      }
    }
  }

  @Test
  void productsAreExactWhereTheDocumentationSaysSo() {
    int mostExamples = 1 << 29;
    float manyDigits = Math.nextDown(1f);
    double product = (double) mostExamples * manyDigits;

    assertThat(new BigDecimal(product))
        .isEqualByComparingTo(new BigDecimal(mostExamples).multiply(new BigDecimal(manyDigits)));
  }

  @Test
  void refusesMeansOfNothingOtherLengthsAndNegativeCounts() {
    WeightedSum sum = new WeightedSum(2);

    assertThatThrownBy(sum::mean)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no examples were added: there is no mean");
    assertThatThrownBy(() -> sum.add(1, new float[3])).hasMessage("expected 2 values, found 3");
    assertThatThrownBy(() -> sum.merge(new WeightedSum(1)))
        .hasMessage("expected 2 values, found 1");
    assertThatThrownBy(() -> sum.add(-1, new float[2]))
        .hasMessage("a count of examples is at least 0, found -1");
  }

  static void assertSameBits(float[] found, float[] expected) {
    assertThat(bits(found)).containsExactly(bits(expected));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static float[] anyFinite(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(value) ? value : random.nextFloat();
    }
    return values;
  }
}
