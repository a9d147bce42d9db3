package org.sparkgen.loss;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.Likelihood;

/**
 * Negative log likelihood of examples under several raw outputs of a decoder each, row by row, and
 * its gradient with a weight per row. The formulas are those of {@link ReconstructionLoss}.
 *
 * <p>Targets are {@code [N,F]}; raw outputs {@code [k N, F]}, k passes over the examples one after
 * the other: row r belongs to example r modulo N. All arrays are in C order.
 */
public final class RowLikelihood {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Likelihood likelihood;
  private final UnaryOperator<INDArray> softplusInPlace;
  private final UnaryOperator<INDArray> sigmoidInPlace;

  /**
   * The rows of a likelihood.
   *
   * @param softplusInPlace replaces every number by {@code log(1 + exp(x))}
   * @param sigmoidInPlace replaces every number by {@code 1 / (1 + exp(-x))}
   */
  public RowLikelihood(
      Likelihood likelihood,
      UnaryOperator<INDArray> softplusInPlace,
      UnaryOperator<INDArray> sigmoidInPlace) {
    this.likelihood = likelihood;
    this.softplusInPlace = softplusInPlace;
    this.sigmoidInPlace = sigmoidInPlace;
  }

  /**
   * -log p(x|y) of every row, in nats.
   *
   * @param raw y, {@code [k N, F]}; overwritten with undefined numbers
   * @param target x, {@code [N,F]}; not changed
   * @return {@code [k N, 1]}, in the open workspace
   */
  public INDArray valuesInPlace(INDArray raw, INDArray target) {
    return switch (likelihood) {
      case BERNOULLI -> {
        INDArray products = rowProducts(raw, target);
        yield rowSums(softplusInPlace.apply(raw)).subi(products);
      }
      case GAUSSIAN -> {
        INDArray difference = minusTarget(raw, target);
        yield rowSums(difference.muli(difference)).muli(0.5).addi(HALF_LOG_TWO_PI * raw.size(1));
      }
    };
  }

  /** {@code x y} of every row. */
  private static INDArray rowProducts(INDArray raw, INDArray target) {
    long examples = target.size(0);
    if (examples == 1) {
      return product(raw, target.reshape('c', target.size(1), 1));
    }
    INDArray products = Nd4j.createUninitialized(raw.dataType(), raw.shape(), 'c');
    for (long from = 0; from < raw.size(0); from += examples) {
      exec("multiply", pass(raw, from, examples), target, pass(products, from, examples));
    }
    return rowSums(products);
  }

  /**
   * Turns the raw output into the gradient of the sum over rows of weight times value, in place.
   *
   * @param raw y, {@code [k N, F]}; overwritten with the gradient
   * @param target x, {@code [N,F]}; not changed
   * @param weights {@code [k N, 1]}; not changed
   * @return {@code raw}
   */
  public INDArray gradientInPlace(INDArray raw, INDArray target, INDArray weights) {
    INDArray mean =
        switch (likelihood) {
          case BERNOULLI -> sigmoidInPlace.apply(raw);
          case GAUSSIAN -> raw;
        };
    minusTarget(mean, target);
    exec("multiply", mean, weights, mean);
    return mean;
  }

  private static INDArray minusTarget(INDArray rows, INDArray target) {
    long examples = target.size(0);
    if (examples == 1) {
      return exec("subtract", rows, target, rows);
    }
    for (long from = 0; from < rows.size(0); from += examples) {
      INDArray pass = pass(rows, from, examples);
      exec("subtract", pass, target, pass);
    }
    return rows;
  }

  /** Rows of one pass over the examples. */
  private static INDArray pass(INDArray rows, long from, long examples) {
    return rows.get(NDArrayIndex.interval(from, from + examples), NDArrayIndex.all());
  }

  /** As a product with ones, several times faster than a reduction. */
  private static INDArray rowSums(INDArray rows) {
    INDArray ones = Nd4j.createUninitialized(rows.dataType(), new long[] {rows.size(1), 1}, 'c');
    return product(rows, ones.assign(1));
  }

  private static INDArray product(INDArray rows, INDArray column) {
    INDArray result = Nd4j.createUninitialized(rows.dataType(), new long[] {rows.size(0), 1}, 'c');
    return exec("matmul", rows, column, result);
  }

  private static INDArray exec(String operation, INDArray a, INDArray b, INDArray result) {
    Nd4j.exec(DynamicCustomOp.builder(operation).addInputs(a, b).addOutputs(result).build());
    return result;
  }
}
