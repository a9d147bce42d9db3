package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparkgen.config.Likelihood;
import org.sparkgen.nn.ElementwiseFunction;

class RowLikelihoodTest {
  /** Three passes over two examples of three numbers. */
  private static final INDArray RAW =
      Nd4j.createFromArray(
          new double[][] {
            {-3, -0.4, 0}, {0.9, 5, 1.5}, {-1.1, 0.2, 2}, {-0.7, 1, -2}, {3, 3, 3}, {0.1, -8, 0.6}
          });

  private static final INDArray TARGET =
      Nd4j.createFromArray(new double[][] {{0, 0.25, 1}, {1, 0, 0.6}});

  private static RowLikelihood rows(Likelihood likelihood) {
    return new RowLikelihood(
        likelihood,
        x -> x.assign(Transforms.log(Transforms.exp(x).addi(1))),
        x -> x.assign(Transforms.sigmoid(x)));
  }

  @ParameterizedTest
  @EnumSource
  void everyRowHasTheValueOfItsExample(Likelihood likelihood) {
    INDArray values = rows(likelihood).valuesInPlace(RAW.dup('c'), TARGET);

    assertThat(values.shape()).containsExactly(6, 1);
    ReconstructionLoss whole = new ReconstructionLoss(likelihood);
    for (int row = 0; row < 6; row++) {
      double expected = whole.value(row(RAW, row), row(TARGET, row % 2));
      assertThat(values.getDouble(row)).isEqualTo(expected, within(1e-10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofASingleExampleEveryRowIsOne(Likelihood likelihood) {
    INDArray target = row(TARGET, 1);
    INDArray values = rows(likelihood).valuesInPlace(RAW.dup('c'), target);
    ReconstructionLoss whole = new ReconstructionLoss(likelihood);

    for (int row = 0; row < 6; row++) {
      assertThat(values.getDouble(row))
          .isEqualTo(whole.value(row(RAW, row), target), within(1e-10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void weightedGradientsAgreeWithCentralDifferences(Likelihood likelihood) {
    RowLikelihood rows = rows(likelihood);
    INDArray weights = Nd4j.createFromArray(0.5, 0.1, 0.0, 2.0, 1.0, -0.3).reshape(6, 1);
    INDArray target = TARGET.dup('c');
    INDArray raw = RAW.dup('c');
    INDArray gradient = rows.gradientInPlace(raw, target, weights);

    assertThat(gradient).isSameAs(raw);
    assertThat(target).isEqualTo(TARGET);
    Differences.check(
        RAW,
        gradient,
        y -> rows.valuesInPlace(y.dup('c'), TARGET).mul(weights).sumNumber().doubleValue());
  }

  /** Of as many numbers as a picture of MNIST has, in single precision as in double. */
  @ParameterizedTest
  @EnumSource
  void singlePrecisionIsRightWithinAThousandthOfANat(Likelihood likelihood) {
    RowLikelihood fast =
        new RowLikelihood(
            likelihood,
            ElementwiseFunction.softplus()::inPlace,
            ElementwiseFunction.sigmoid()::inPlace);
    double scale = likelihood == Likelihood.BERNOULLI ? 8 : 0.3;
    INDArray raw = Nd4j.randn(DataType.FLOAT, 400, 784).muli(scale);
    INDArray target = Nd4j.rand(DataType.FLOAT, 1, 784);
    INDArray exact =
        rows(likelihood).valuesInPlace(raw.castTo(DataType.DOUBLE), target.castTo(DataType.DOUBLE));
    INDArray values = fast.valuesInPlace(raw, target).castTo(DataType.DOUBLE);

    assertThat(exact.minNumber().doubleValue()).isGreaterThan(100);
    assertThat(values.sub(exact).amaxNumber().doubleValue()).isLessThan(1e-3);
  }

  private static INDArray row(INDArray matrix, int row) {
    return matrix.getRow(row, true).dup('c');
  }
}
