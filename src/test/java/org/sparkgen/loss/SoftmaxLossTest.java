package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SoftmaxLossTest {
  private static final int[] LABELS = {2, 0, 1, 2};

  private static INDArray logits() {
    return Nd4j.create(new double[][] {{0.5, -1, 2}, {0, 0, 0}, {3, 3, -4}, {-0.2, 0.7, 0.1}});
  }

  @Test
  void theValueIsTheSumOverExamplesOfTheSurpriseOfTheirLabel() {
    double expected =
        -Math.log(Math.exp(2) / (Math.exp(0.5) + Math.exp(-1) + Math.exp(2)))
            + Math.log(3)
            - Math.log(Math.exp(3) / (2 * Math.exp(3) + Math.exp(-4)))
            - Math.log(Math.exp(0.1) / (Math.exp(-0.2) + Math.exp(0.7) + Math.exp(0.1)));
    assertThat(SoftmaxLoss.value(logits(), LABELS)).isEqualTo(expected, within(1e-12));
  }

  @Test
  void theGradientIsTheSlopeOfTheScaledValueAndLeavesTheLogitsAlone() {
    INDArray logits = logits();
    INDArray gradient = SoftmaxLoss.gradient(logits, LABELS, 0.25);

    assertThat(logits).isEqualTo(logits());
    Differences.check(logits, gradient, y -> 0.25 * SoftmaxLoss.value(y, LABELS));
  }

  @Test
  void largeLogitsDoNotOverflow() {
    INDArray logits = Nd4j.create(new double[][] {{1000, -1000}}).castTo(DataType.FLOAT);

    assertThat(SoftmaxLoss.value(logits, new int[] {0})).isZero();
    assertThat(SoftmaxLoss.value(logits, new int[] {1})).isEqualTo(2000, within(1e-3));
    assertThat(SoftmaxLoss.gradient(logits, new int[] {1}, 1).toDoubleVector())
        .containsExactly(1, -1);
  }

  @Test
  void theClassIsThatOfTheLargestLogitAndOfEqualOnesTheFirst() {
    assertThat(SoftmaxLoss.classes(logits())).containsExactly(2, 0, 0, 1);
  }
}
