package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LatentQuantizerTest {
  private static LatentQuantizer quantizer(double low, double high, double step) {
    return LatentQuantizer.of(new double[] {low}, new double[] {high}, new double[] {step});
  }

  @Test
  void codesAreLevelsInTheirOrderFirstDimensionFirst() {
    // 0, 1, 2, 3 in two bits, nothing in none, 0 to 8 in four.
    LatentQuantizer quantizer =
        LatentQuantizer.of(
            new double[] {0, 5, -4}, new double[] {3, 5.1, 4}, new double[] {1, 0.25, 1});

    assertThat(quantizer.bits()).isEqualTo(6);
    assertThat(quantizer.code(new float[] {9, 9, 9, 2.2f, 5.05f, 1.4f}, 1))
        .containsExactly((byte) 0b10_0101_00);
    assertThat(quantizer.vector(new byte[] {(byte) 0b10_0101_00})).containsExactly(2, 5, 1);
  }

  @Test
  void numbersComeBackWithinHalfAStep() {
    Random random = new Random(7);
    int size = 13;
    double[] lowest = new double[size];
    double[] highest = new double[size];
    double[] steps = new double[size];
    for (int i = 0; i < size; i++) {
      lowest[i] = -random.nextInt(1, 5);
      highest[i] = random.nextInt(1, 5);
      steps[i] = 0.01 + random.nextDouble();
    }
    LatentQuantizer quantizer = LatentQuantizer.of(lowest, highest, steps);
    for (int trial = 0; trial < 100; trial++) {
      float[] vector = new float[size];
      for (int i = 0; i < size; i++) {
        vector[i] = (float) random.nextDouble(lowest[i], highest[i]);
      }
      float[] back = quantizer.vector(quantizer.code(vector, 0));
      for (int i = 0; i < size; i++) {
        assertThat((double) back[i]).isCloseTo(vector[i], within(steps[i] / 2 + 1e-6));
      }
    }
  }

  @Test
  void numbersOutsideBecomeTheEnds() {
    LatentQuantizer quantizer = quantizer(-1, 2, 1);
    assertThat(quantizer.vector(quantizer.code(new float[] {-7}, 0))).containsExactly(-1);
    assertThat(quantizer.vector(quantizer.code(new float[] {7}, 0))).containsExactly(2);
  }

  @Test
  void itsOwnRangesGiveTheSameCodes() {
    LatentQuantizer quantizer = quantizer(-1.3, 2.9, 0.3);
    LatentQuantizer again = quantizer(quantizer.lowest(0), quantizer.highest(0), quantizer.step(0));
    assertThat(again.bits()).isEqualTo(quantizer.bits()).isEqualTo(4);
    assertThat(again.code(new float[] {0.7f}, 0)).isEqualTo(quantizer.code(new float[] {0.7f}, 0));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quantizer(0, 1, 1e-9))
        .withMessage("dimension 0 from 0.0 to 1.0 in steps of 1.0E-9 needs more than 24 bits");
    assertThatIllegalArgumentException().isThrownBy(() -> quantizer(1, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> quantizer(Double.NaN, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quantizer(0, 1, Double.POSITIVE_INFINITY))
        .withMessage("dimension 0 has no levels from 0.0 in steps of Infinity");
    assertThatIllegalArgumentException().isThrownBy(() -> quantizer(1, 0, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quantizer(0, 3, 1).vector(new byte[2]))
        .withMessage("a code has 1 bytes, but this one 2");
  }
}
