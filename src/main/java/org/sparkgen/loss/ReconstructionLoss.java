package org.sparkgen.loss;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.sparkgen.config.Likelihood;

/**
 * Negative log likelihood of examples under a decoder's raw output.
 *
 * <p>Values are summed over all numbers of all examples, in nats. Arrays have the same shape, of
 * any rank, C order.
 */
public final class ReconstructionLoss {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final Likelihood likelihood;

  /** The loss of a likelihood. */
  public ReconstructionLoss(Likelihood likelihood) {
    this.likelihood = likelihood;
  }

  /**
   * Sum of -log p(x|y).
   *
   * <p>Bernoulli with mean sigmoid(y): {@code softplus(y) - x y}, the cross entropy that also
   * serves grey values x in [0, 1]. Gaussian with mean y and variance 1: {@code (x - y)^2 / 2 +
   * log(2 pi) / 2}.
   *
   * @param raw y, the decoder's raw output; not changed
   * @param target x; not changed
   */
  public double value(INDArray raw, INDArray target) {
    return switch (likelihood) {
      case BERNOULLI -> {
        // softplus(y) = max(y, 0) + log(1 + exp(-|y|)) does not overflow.
        INDArray tail = Transforms.exp(Transforms.abs(raw, true).negi(), false);
        INDArray softplus = Transforms.log(tail.addi(1), false).addi(Transforms.relu(raw, true));
        yield softplus.subi(raw.mul(target)).sumNumber().doubleValue();
      }
      case GAUSSIAN -> {
        INDArray difference = raw.sub(target);
        double squares = difference.muli(difference).sumNumber().doubleValue();
        yield 0.5 * squares + HALF_LOG_TWO_PI * raw.length();
      }
    };
  }

  /**
   * Turns the raw output into the gradient of {@code scale} times {@link #value}, in place: {@code
   * scale (sigmoid(y) - x)} or {@code scale (y - x)}.
   *
   * @param raw y; overwritten with the gradient
   * @param target x; not changed
   * @return {@code raw}
   */
  public INDArray gradientInPlace(INDArray raw, INDArray target, double scale) {
    return meanInPlace(raw).subi(target).muli(scale);
  }

  /** Turns the raw output into the mean of x given y, in place, and returns it. */
  public INDArray meanInPlace(INDArray raw) {
    return switch (likelihood) {
      case BERNOULLI -> {
        // sigmoid(y) = (1 + tanh(y / 2)) / 2, because oneDNN vectorises the tangent.
        raw.muli(0.5);
        Nd4j.exec(DynamicCustomOp.builder("tanh").addInputs(raw).addOutputs(raw).build());
        yield raw.muli(0.5).addi(0.5);
      }
      case GAUSSIAN -> raw;
    };
  }
}
