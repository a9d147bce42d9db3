package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A strided deconvolution (transposed convolution) over {@code [N,C,H,W]} with weights {@code
 * [in,out,kH,kW]}.
 *
 * <p>The error at the input alone is a convolution with the same weights.
 */
final class DeconvolutionKernel implements Kernel {
  private final Strides2d strides;
  private final INDArray weights;
  private final INDArray bias;
  private final INDArray weightGradient;
  private final INDArray biasGradient;
  private INDArray input;

  DeconvolutionKernel(
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
            weights.size(1),
            strides.deconvolved(x.size(2)),
            strides.deconvolved(x.size(3)));
    strides.run("deconv2d", List.of(x, weights, bias), List.of(y));
    return y;
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    INDArray result = Arrays2d.empty(weights, input.shape());
    switch (gradients) {
      case SKIP -> strides.run("conv2d", List.of(error, weights), List.of(result));
      case REPLACE ->
          strides.run(
              "deconv2d_bp",
              List.of(input, weights, bias, error),
              List.of(result, weightGradient, biasGradient));
      case ADD -> {
        INDArray weightPart = Arrays2d.empty(weights, weights.shape());
        INDArray biasPart = Arrays2d.empty(weights, bias.shape());
        strides.run(
            "deconv2d_bp",
            List.of(input, weights, bias, error),
            List.of(result, weightPart, biasPart));
        weightGradient.addi(weightPart);
        biasGradient.addi(biasPart);
      }
    }
    return inputError == InputError.NEEDED ? result : null;
  }
}
