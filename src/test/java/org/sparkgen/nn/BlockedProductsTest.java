package org.sparkgen.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.nn.Kernel.InputError;
import org.sparkgen.nn.StridedProducts.Direction;

/** oneDNN's primitives against ND4J's operations. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class BlockedProductsTest {
  private static final Window HALVING = new Window(4, 2, 1);
  private static final long SIDE = 12;

  @BeforeEach
  void seed() {
    Nd4j.getRandom().setSeed(11);
  }

  static Stream<Arguments> windows() {
    return Stream.of(
            HALVING,
            new Window(3, 1, 1),
            new Window(2, 2, 0),
            new Window(5, 3, 1),
            new Window(1, 1, 0))
        .flatMap(
            window ->
                Stream.of(
                    Arguments.of(window, 1, 16),
                    Arguments.of(window, 3, 5),
                    Arguments.of(window, 16, 32),
                    Arguments.of(window, 20, 7)));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void productsEqualThoseOfOperations(Window window, long outerChannels, long innerChannels) {
    long inside = window.inner(SIDE);
    long outside = window.outer(inside);
    INDArray weights =
        random(innerChannels, outerChannels, window.kernel(), window.kernel()).muli(0.1);
    INDArray outer = random(6, outerChannels, outside, outside);
    INDArray inner = random(6, innerChannels, inside, inside);
    StridedProducts operations = new OperationProducts(window, weights);
    StridedProducts blocked = new BlockedProducts(window, weights);

    assertEqual(blocked.inwards(outer), operations.inwards(outer));
    assertEqual(blocked.outwards(inner), operations.outwards(inner));
    for (Direction direction : Direction.values()) {
      INDArray input = direction == Direction.INWARDS ? outer : inner;
      INDArray error = direction == Direction.INWARDS ? inner : outer;
      INDArray expected = Nd4j.create(weights.shape());
      INDArray actual = Nd4j.create(weights.shape());
      INDArray expectedError =
          operations.backward(direction, input, error, expected, InputError.NEEDED);

      assertEqual(
          blocked.backward(direction, input, error, actual, InputError.NEEDED), expectedError);
      assertEqual(actual, expected);
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void backwardPassesMayBeRepeatedWithOtherErrors(Direction direction) {
    INDArray weights = random(32, 16, 4, 4);
    StridedProducts operations = new OperationProducts(HALVING, weights);
    StridedProducts blocked = new BlockedProducts(HALVING, weights);
    INDArray input = direction == Direction.INWARDS ? random(6, 16, 8, 8) : random(6, 32, 4, 4);
    INDArray output = forward(blocked, direction, input);
    for (int pass = 0; pass < 3; pass++) {
      INDArray error = random(output.shape());
      INDArray expected = Nd4j.create(weights.shape());
      INDArray actual = Nd4j.create(weights.shape());
      operations.backward(direction, input, error, expected, InputError.NEEDED);
      blocked.backward(direction, input, error, actual, InputError.NEEDED);

      assertEqual(actual, expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"INWARDS, 1", "INWARDS, 16", "OUTWARDS, 1", "OUTWARDS, 16"})
  void anArrayThatIsFilledAgainIsReadAgain(Direction direction, long outerChannels) {
    INDArray weights = random(32, outerChannels, 4, 4);
    StridedProducts operations = new OperationProducts(HALVING, weights);
    StridedProducts blocked = new BlockedProducts(HALVING, weights);
    INDArray outer = random(6, outerChannels, 8, 8);
    INDArray inner = random(6, 32, 4, 4);
    INDArray input = direction == Direction.INWARDS ? outer : inner;
    INDArray error = direction == Direction.INWARDS ? inner : outer;
    INDArray expected = Nd4j.create(weights.shape());
    INDArray actual = Nd4j.create(weights.shape());
    for (int step = 0; step < 3; step++) {
      input.assign(random(input.shape()));
      assertEqual(forward(blocked, direction, input), forward(operations, direction, input));
      error.assign(random(error.shape()));
      operations.backward(direction, input, error, expected, InputError.NEEDED);
      blocked.backward(direction, input, error, actual, InputError.NEEDED);
      assertEqual(actual, expected);
    }
  }

  @Test
  void moreSizesThanAreKeptAreComputedAllTheSame() {
    INDArray weights = random(32, 16, 4, 4);
    StridedProducts operations = new OperationProducts(HALVING, weights);
    StridedProducts blocked = new BlockedProducts(HALVING, weights);
    for (int round = 0; round < 2; round++) {
      for (long count = 1; count <= 12; count++) {
        INDArray outer = random(count, 16, 8, 8);

        assertEqual(blocked.inwards(outer), operations.inwards(outer));
      }
    }
  }

  private static INDArray forward(StridedProducts products, Direction direction, INDArray input) {
    return direction == Direction.INWARDS ? products.inwards(input) : products.outwards(input);
  }

  private static INDArray random(long... shape) {
    return Nd4j.randn(DataType.FLOAT, shape);
  }

  private static void assertEqual(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).norm2Number().doubleValue())
        .isLessThan(1e-5 * expected.norm2Number().doubleValue());
  }
}
