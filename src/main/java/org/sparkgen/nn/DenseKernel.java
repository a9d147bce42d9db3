package org.sparkgen.nn;

import static org.sparkgen.nn.Arrays2d.Transpose.NO;
import static org.sparkgen.nn.Arrays2d.Transpose.YES;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer: {@code y = x W + b} with x {@code [N,in]}, W {@code [in,out]} in Fortran order.
 *
 * <p>Row-major {@code [N,F]} is column-major {@code [F,N]}: all products are written for the
 * transposed arrays.
 */
final class DenseKernel implements Kernel {
  private final INDArray weights;
  private final INDArray bias;
  private final INDArray weightGradient;
  private final INDArray biasGradient;
  private INDArray input;

  /** A kernel over the parameters W and b of a layer. */
  DenseKernel(LayerViews views) {
    this.weights = views.parameter("W");
    this.bias = views.parameter("b");
    this.weightGradient = views.gradient("W");
    this.biasGradient = views.gradient("b");
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    input = x;
    INDArray y = Arrays2d.empty(weights, x.size(0), weights.size(1));
    Arrays2d.gemm(weights, YES, x.transpose(), NO, y.transpose(), 0);
    return Arrays2d.addToChannels(y, bias, y);
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    INDArray transposed = error.transpose();
    if (gradients != ParameterGradients.SKIP) {
      double keep = gradients == ParameterGradients.ADD ? 1 : 0;
      Arrays2d.gemm(input.transpose(), NO, transposed, YES, weightGradient, keep);
      INDArray sums = Arrays2d.channelSums(error);
      if (gradients == ParameterGradients.ADD) {
        biasGradient.addi(sums);
      } else {
        biasGradient.assign(sums);
      }
    }
    if (inputError == InputError.UNUSED) {
      return null;
    }
    INDArray result = Arrays2d.empty(weights, error.size(0), weights.size(0));
    Arrays2d.gemm(weights, NO, transposed, NO, result.transpose(), 0);
    return result;
  }
}
