package org.sparkgen.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinearDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
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
      case LEAKY_RELU -> Nd4j.exec(new LeakyReLU(x, x, LEAK));
      case TANH -> Nd4j.exec(new Tanh(x, x));
      case SIGMOID -> Nd4j.exec(new Sigmoid(x, x));
    }
    return x;
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    switch (activation) {
      // Of the rectifiers only the input's sign counts, and the output has the same.
      case RELU -> Nd4j.exec(new RectifiedLinearDerivative(output, error, error));
      case LEAKY_RELU -> Nd4j.exec(new LeakyReLUBp(output, error, error, LEAK));
      case TANH -> error.muli(output.mul(output).rsubi(1));
      case SIGMOID -> error.muli(output.rsub(1).muli(output));
    }
    return error;
  }
}
