package org.sparkgen.benchmark;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * KL(N(mean, exp(log variance)) || N(0, I)) as a DL4J loss of the array {@code [mean, log
 * variance]}; labels are not looked at.
 */
final class StockKl implements ILossFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public double computeScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, output, activation, mask).sumNumber().doubleValue();
    return average ? sum / output.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    INDArray mean = mean(output);
    INDArray logVariance = logVariance(output);
    return mean.mul(mean)
        .addi(Transforms.exp(logVariance, true))
        .subi(logVariance)
        .subi(1)
        .sum(true, 1)
        .muli(0.5);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, INDArray mask) {
    return Nd4j.hstack(mean(output), Transforms.exp(logVariance(output), true).subi(1).muli(0.5));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray output, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, output, activation, mask, average),
        computeGradient(labels, output, activation, mask));
  }

  private static INDArray mean(INDArray output) {
    return output.get(NDArrayIndex.all(), NDArrayIndex.interval(0, output.size(1) / 2));
  }

  private static INDArray logVariance(INDArray output) {
    return output.get(
        NDArrayIndex.all(), NDArrayIndex.interval(output.size(1) / 2, output.size(1)));
  }

  @Override
  public String name() {
    return "GaussianKl";
  }
}
