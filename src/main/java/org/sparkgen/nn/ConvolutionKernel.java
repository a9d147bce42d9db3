package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A strided convolution over {@code [N,C,H,W]} with weights {@code [out,in,kH,kW]}.
 *
 * <p>The error at the input alone is a deconvolution with the same weights.
 */
final class ConvolutionKernel implements Kernel {
  private final Strides2d strides;
  private final INDArray weights;
  private final INDArray bias;
  private final INDArray weightGradient;
  private final INDArray biasGradient;
  private INDArray input;

  ConvolutionKernel(
      Strides2d strides,
      INDArray weights,
      INDArray bias,
      INDArray weightGradient,
      INDArray biasGradient) {
    this.strides = strides;
    this.weights = weights;
    this.bias = bias;
    this.weightGradient = weightGradient;
    this.biasGradient = biasGradient;
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    input = x;
    INDArray y =
        Arrays2d.empty(
            weights,
            x.size(0),
            weights.size(0),
            strides.convolved(x.size(2)),
            strides.convolved(x.size(3)));
    strides.run("conv2d", List.of(x, weights, bias), List.of(y));
    return y;
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    INDArray result = Arrays2d.empty(weights, input.shape());
    switch (gradients) {
      case SKIP -> strides.run("deconv2d", List.of(error, weights), List.of(result));
      case REPLACE ->
          strides.run(
              "conv2d_bp",
              List.of(input, weights, bias, error),
              List.of(result, weightGradient, biasGradient));
      case ADD -> {
        INDArray weightPart = Arrays2d.empty(weights, weights.shape());
        INDArray biasPart = Arrays2d.empty(weights, bias.shape());
        strides.run(
            "conv2d_bp",
            List.of(input, weights, bias, error),
            List.of(result, weightPart, biasPart));
        weightGradient.addi(weightPart);
        biasGradient.addi(biasPart);
      }
    }
    return inputError == InputError.NEEDED ? result : null;
  }
}
