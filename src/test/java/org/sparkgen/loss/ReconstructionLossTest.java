package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sparkgen.config.Likelihood.BERNOULLI;
import static org.sparkgen.config.Likelihood.GAUSSIAN;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.Likelihood;

class ReconstructionLossTest {
  /** Two images of one channel, 2 by 2. */
  private static final INDArray RAW =
      Nd4j.createFromArray(new double[] {-3, -0.4, 0, 0.9, 5, 1.5, -1.1, 0.2}).reshape(2, 1, 2, 2);

  private static final INDArray TARGET =
      Nd4j.createFromArray(new double[] {0, 0.25, 0.5, 1, 1, 0, 0.75, 0.1}).reshape(2, 1, 2, 2);

  private static INDArray row(double... values) {
    return Nd4j.createFromArray(new double[][] {values});
  }

  @Test
  void bernoulliByHand() {
    // ln 3 is the logit of 3/4.
    double logit = Math.log(3);
    double half = -0.5 * Math.log(0.75) - 0.5 * Math.log(0.25);

    assertThat(
            new ReconstructionLoss(BERNOULLI)
                .value(row(logit, logit, logit, 0), row(1, 0, 0.5, 0.3)))
        .isEqualTo(-Math.log(0.75) - Math.log(0.25) + half + Math.log(2), within(1e-12));
  }

  @Test
  void gaussianByHand() {
    // The density of the standard normal at 0 is 1 / sqrt(2 pi).
    double constant = Math.log(Math.sqrt(2 * Math.PI));

    assertThat(new ReconstructionLoss(GAUSSIAN).value(row(2, 0.5), row(0.5, 0.5)))
        .isEqualTo(1.125 + 2 * constant, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void sumsOverNumbersAndExamples(Likelihood likelihood) {
    ReconstructionLoss loss = new ReconstructionLoss(likelihood);
    double sum = 0;
    for (long i = 0; i < RAW.length(); i++) {
      sum += loss.value(row(RAW.getDouble(i)), row(TARGET.getDouble(i)));
    }

    assertThat(loss.value(RAW, TARGET)).isEqualTo(sum, within(1e-10));
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithCentralDifferences(Likelihood likelihood) {
    ReconstructionLoss loss = new ReconstructionLoss(likelihood);
    double scale = 0.7;

    Differences.check(
        RAW,
        loss.gradientInPlace(RAW.dup('c'), TARGET, scale),
        raw -> scale * loss.value(raw, TARGET));
  }

  @ParameterizedTest
  @EnumSource
  void theGradientTakesThePlaceOfTheRawOutputAndTheTargetStays(Likelihood likelihood) {
    ReconstructionLoss loss = new ReconstructionLoss(likelihood);
    INDArray raw = RAW.dup('c');
    INDArray target = TARGET.dup('c');

    loss.value(raw, target);
    assertThat(raw).isEqualTo(RAW);
    assertThat(loss.gradientInPlace(raw, target, 1)).isSameAs(raw);
    assertThat(target).isEqualTo(TARGET);
  }

  @Test
  void theMeanOfABernoulliIsAProbabilityAndOfAGaussianTheOutput() {
    INDArray logits = row(Math.log(3), 0);
    INDArray outputs = row(-2, 0.3);

    assertThat(new ReconstructionLoss(BERNOULLI).meanInPlace(logits)).isSameAs(logits);
    assertThat(logits.toDoubleVector()).containsExactly(new double[] {0.75, 0.5}, within(1e-12));
    assertThat(new ReconstructionLoss(GAUSSIAN).meanInPlace(outputs)).isSameAs(outputs);
    assertThat(outputs.toDoubleVector()).containsExactly(-2, 0.3);
  }

  @Test
  void theLikelihoodsDisagree() {
    assertThat(new ReconstructionLoss(BERNOULLI).value(row(2), row(1))).isLessThan(0.2);
    assertThat(new ReconstructionLoss(GAUSSIAN).value(row(2), row(1))).isGreaterThan(1.4);
  }

  @Test
  void hugeLogitsDoNotOverflowInSinglePrecision() {
    ReconstructionLoss loss = new ReconstructionLoss(BERNOULLI);
    INDArray raw = Nd4j.createFromArray(1000f, 1000f, -1000f, -1000f).reshape(2, 2);
    INDArray target = Nd4j.createFromArray(1f, 0f, 1f, 0f).reshape(2, 2);

    assertThat(raw.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(loss.value(raw, target)).isEqualTo(2000);
    assertThat(loss.gradientInPlace(raw, target, 1).data().asFloat()).containsExactly(0, 1, -1, 0);
  }
}
