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
    add(sum, 1, 1f, -4f);
    add(sum, 3, 5f, 8f);

    assertThat(sum.mean().values()).containsExactly((1f + 15f) / 4f, (-4f + 24f) / 4f);
    assertThat(sum.examples()).isEqualTo(4);
  }

  @Test
  void contributionOfNoExamplesWeighsNothingWhateverItsValues() {
    WeightedSum sum = new WeightedSum(1);
    add(sum, 0, Float.NaN);
    add(sum, 2, -0.0f);
    add(sum, 0, Float.POSITIVE_INFINITY);

    assertSameBits(sum.mean().values(), new float[] {-0.0f});
  }

  @Test
  void oneContributionComesOutBitForBit() {
    Random random = new Random(1);
    for (int trial = 0; trial < 50; trial++) {
      float[] values = anyFinite(random, 5_000);
      WeightedSum sum = new WeightedSum(values.length);
      add(sum, 1 + random.nextInt(1 << 29), values);

      assertSameBits(sum.mean().values(), values);
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
    assertThatThrownBy(() -> add(sum, 1, 1, 2, 3)).hasMessage("expected 2 values, found 3");
    assertThatThrownBy(() -> add(sum, -1, 1, 2))
        .hasMessage("a count of examples is at least 0, found -1");
  }

  private static void add(WeightedSum sum, long examples, float... values) {
    sum.add(examples, PackedFloats.of(values));
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
