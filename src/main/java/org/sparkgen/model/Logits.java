package org.sparkgen.model;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A discriminator's outputs for a batch, as Java numbers: they outlive the next forward pass. */
final class Logits {
  private final DataType type;
  private final double[] values;

  private Logits(DataType type, double[] values) {
    this.type = type;
    this.values = values;
  }

  /** A copy of outputs {@code [N,1]}. */
  static Logits of(INDArray outputs) {
    double[] values = new double[Math.toIntExact(outputs.size(0))];
    for (int i = 0; i < values.length; i++) {
      values[i] = outputs.getDouble(i, 0);
    }
    return new Logits(outputs.dataType(), values);
  }

  /** The mean of a function over the batch. */
  double mean(DoubleUnaryOperator function) {
    return Arrays.stream(map(function)).sum() / values.length;
  }

  /** A function of every output. */
  double[] map(DoubleUnaryOperator function) {
    return Arrays.stream(values).map(function).toArray();
  }

  /** Gradient of a function's mean over the batch, {@code [N,1]}, in the open workspace. */
  INDArray meanGradient(DoubleUnaryOperator derivative) {
    return column(d -> derivative.applyAsDouble(d) / values.length);
  }

  /** A function of every output, {@code [N,1]}, in the open workspace. */
  INDArray column(DoubleUnaryOperator function) {
    INDArray column = Nd4j.createUninitialized(type, new long[] {values.length, 1}, 'c');
    for (int i = 0; i < values.length; i++) {
      column.putScalar(i, 0, function.applyAsDouble(values[i]));
    }
    return column;
  }
}
