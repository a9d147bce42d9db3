package org.sparkgen.model;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.nn.Numbers;

/**
 * A discriminator's verdicts on a batch, as Java numbers: they outlive the next forward pass.
 *
 * <p>A discriminator that is told classes has one output for all examples and one for each class;
 * its logit of an example of class y is {@code output[0] + output[1 + y]} (projection; Miyato and
 * Koyama 2018).
 */
final class Logits {
  private final DataType type;
  private final int columns;
  private final int[] labels;
  private final double[] values;

  private Logits(DataType type, int columns, int[] labels, double[] values) {
    this.type = type;
    this.columns = columns;
    this.labels = labels;
    this.values = values;
  }

  /**
   * A copy of outputs.
   *
   * @param outputs {@code [N,1]} or {@code [N, 1 + classes]}
   * @param labels class of each example; not looked at if there are no classes
   */
  static Logits of(INDArray outputs, int[] labels) {
    int columns = Math.toIntExact(outputs.size(1));
    double[] numbers = Numbers.of(outputs);
    double[] values = new double[numbers.length / columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i * columns];
      if (columns > 1) {
        values[i] += numbers[i * columns + 1 + labels[i]];
      }
    }
    return new Logits(outputs.dataType(), columns, labels, values);
  }

  /** The mean of a function over the batch. */
  double mean(DoubleUnaryOperator function) {
    return Arrays.stream(map(function)).sum() / values.length;
  }

  /** A function of every logit. */
  double[] map(DoubleUnaryOperator function) {
    return Arrays.stream(values).map(function).toArray();
  }

  /**
   * Gradient of a function's mean over the batch in the outputs, in their shape, in the open
   * workspace.
   */
  INDArray meanGradient(DoubleUnaryOperator derivative) {
    double[] error = new double[values.length * columns];
    for (int i = 0; i < values.length; i++) {
      double slope = derivative.applyAsDouble(values[i]) / values.length;
      error[i * columns] = slope;
      if (columns > 1) {
        error[i * columns + 1 + labels[i]] = slope;
      }
    }
    return Numbers.array(type, error, values.length, columns);
  }

  /** An error at the outputs that is zero, in the open workspace. */
  INDArray noGradient() {
    return Numbers.array(type, new double[values.length * columns], values.length, columns);
  }

  /** A function of every logit, {@code [N,1]}, in the open workspace. */
  INDArray column(DoubleUnaryOperator function) {
    return Numbers.array(type, map(function), values.length, 1);
  }
}
