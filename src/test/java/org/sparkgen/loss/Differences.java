package org.sparkgen.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Central differences of functions of one array. */
final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  /** Checks every number of a gradient. */
  static void check(INDArray at, INDArray gradient, ToDoubleFunction<INDArray> value) {
    assertThat(gradient.shape()).isEqualTo(at.shape());
    for (long i = 0; i < at.length(); i++) {
      double above = value.applyAsDouble(moved(at, i, STEP));
      double below = value.applyAsDouble(moved(at, i, -STEP));
      assertThat(gradient.getDouble(i))
          .as("number %d of the gradient", i)
          .isEqualTo((above - below) / (2 * STEP), within(1e-7));
    }
  }

  private static INDArray moved(INDArray at, long index, double by) {
    INDArray copy = at.dup('c');
    copy.putScalar(index, copy.getDouble(index) + by);
    return copy;
  }
}
