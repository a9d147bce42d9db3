package org.sparkgen.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.Activation;

/** An elementwise activation, in place both ways; derivatives are taken from the output. */
final class ActivationKernel implements Kernel {
  /** Slope of the leaky rectifier for negative inputs (Radford et al. 2015). */
  static final double LEAK = 0.2;

  private final Activation activation;
  private INDArray output;

  ActivationKernel(Activation activation) {
    this.activation = activation;
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    output = x;
    switch (activation) {
      case RELU -> Nd4j.exec(new RectifiedLinear(x, x));
      case LEAKY_RELU -> larger(x, x.mul(LEAK));
      // As a custom operation oneDNN computes it, seven times as fast as the older operation.
      case TANH -> Nd4j.exec(DynamicCustomOp.builder("tanh").addInputs(x).addOutputs(x).build());
      case SIGMOID -> Nd4j.exec(new Sigmoid(x, x));
    }
    return x;
  }

  /** {@code x = max(x, other)}. */
  private static void larger(INDArray x, INDArray other) {
    Nd4j.exec(DynamicCustomOp.builder("maximum").addInputs(x, other).addOutputs(x).build());
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    return error.muli(
        switch (activation) {
          // Of the rectifiers only the input's sign counts, and the output has the same.
          case RELU -> positive();
          case LEAKY_RELU -> Nd4j.exec(atLeast(LEAK, positive()));
          case TANH -> output.mul(output).rsubi(1);
          case SIGMOID -> output.rsub(1).muli(output);
        });
  }

  /** 1 where the output is positive, otherwise 0. */
  private INDArray positive() {
    return Nd4j.exec(new Step(output, Arrays2d.empty(output, output.shape()), 0));
  }

  private static ScalarMax atLeast(double least, INDArray x) {
    return new ScalarMax(x, null, x, least);
  }
}
