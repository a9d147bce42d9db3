package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ElementwiseFunctionTest {
  static Stream<Arguments> functions() {
    DoubleUnaryOperator softplus = x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    DoubleUnaryOperator sigmoid = x -> 1 / (1 + Math.exp(-x));
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(
            type ->
                Stream.of(
                    Arguments.of(ElementwiseFunction.softplus(), softplus, type),
                    Arguments.of(ElementwiseFunction.sigmoid(), sigmoid, type)));
  }

  /** Many lengths, more than are remembered, and each of them twice. */
  @ParameterizedTest
  @MethodSource("functions")
  void takesThePlaceOfEveryNumber(
      ElementwiseFunction function, DoubleUnaryOperator expected, DataType type) {
    for (int i = 0; i < 50; i++) {
      int length = 1 + 37 * (i % 25);
      INDArray values = Nd4j.linspace(DataType.DOUBLE, -105, 210.0 / length, length);
      INDArray x = values.castTo(type).reshape('c', 1, length).dup('c');

      assertThat(function.inPlace(x)).isSameAs(x);
      for (int j = 0; j < length; j++) {
        double right = expected.applyAsDouble(values.getDouble(j));
        assertThat(x.getDouble(j))
            .as("at %s", values.getDouble(j))
            .isEqualTo(right, within(1e-5 * Math.max(1, right)));
      }
    }
  }
}
