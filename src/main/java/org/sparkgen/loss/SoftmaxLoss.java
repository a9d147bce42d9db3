package org.sparkgen.loss;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Cross entropy between labels and the softmax of logits: {@code log(sum over classes of exp(y)) -
 * y[label]}, in nats.
 *
 * <p>Logits are {@code [N,C]} in C order, labels N numbers from 0 to C - 1.
 */
public final class SoftmaxLoss {
  private SoftmaxLoss() {}

  /** The loss, summed over the examples; changes nothing. */
  public static double value(INDArray logits, int[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += logSumExp(logits, i) - logits.getDouble(i, labels[i]);
    }
    return sum;
  }

  /** On Java numbers: ND4J's log softmax is the logarithm of a softmax, which may be zero. */
  private static double logSumExp(INDArray logits, int row) {
    double highest = logits.getDouble(row, largest(logits, row));
    double sum = 0;
    for (int i = 0; i < logits.size(1); i++) {
      sum += Math.exp(logits.getDouble(row, i) - highest);
    }
    return highest + Math.log(sum);
  }

  /**
   * Gradient of {@code scale} times {@link #value} in the logits: {@code scale (softmax(y) -
   * onehot(label))}.
   *
   * @return {@code [N,C]}, in the memory of the open workspace, if any; the logits are not changed
   */
  public static INDArray gradient(INDArray logits, int[] labels, double scale) {
    INDArray gradient = softmax(logits).muli(scale);
    for (int i = 0; i < labels.length; i++) {
      gradient.putScalar(i, labels[i], gradient.getDouble(i, labels[i]) - scale);
    }
    return gradient;
  }

  /** The class of the largest logit of each example; of equal ones the first. */
  public static int[] classes(INDArray logits) {
    int[] classes = new int[Math.toIntExact(logits.size(0))];
    Arrays.setAll(classes, i -> largest(logits, i));
    return classes;
  }

  private static int largest(INDArray logits, int row) {
    int best = 0;
    for (int i = 1; i < logits.size(1); i++) {
      best = logits.getDouble(row, i) > logits.getDouble(row, best) ? i : best;
    }
    return best;
  }

  private static INDArray softmax(INDArray logits) {
    INDArray result = Nd4j.createUninitialized(logits.dataType(), logits.shape(), 'c');
    Nd4j.exec(DynamicCustomOp.builder("softmax").addInputs(logits).addOutputs(result).build());
    return result;
  }
}
