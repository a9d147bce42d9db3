package org.sparkgen.nn;

import static org.sparkgen.nn.Arrays2d.Transpose.NO;
import static org.sparkgen.nn.Arrays2d.Transpose.YES;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer: {@code y = x W + b} with x {@code [N,in]}, W {@code [in,out]} in Fortran order.
 *
 * <p>The kernel works with W transposed, {@code [out,in]} in C order, a view of the same numbers.
 */
final class DenseKernel implements Kernel {
  /** From this size on a product with the transposed weights on the left is faster. */
  private static final long LARGE = 1 << 20;

  private final INDArray weights;
  private final INDArray bias;
  private final INDArray weightGradient;
  private final INDArray biasGradient;
  private INDArray input;

  /** A kernel over the parameters W and b of a layer. */
  DenseKernel(LayerViews views) {
    this.weights = views.parameter("W").transpose();
    this.bias = views.parameter("b");
    this.weightGradient = views.gradient("W").transpose();
    this.biasGradient = views.gradient("b").reshape(1, bias.length());
  }

  /** Numbers per example that it takes. */
  int inputs() {
    return Math.toIntExact(weights.size(1));
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    input = x;
    INDArray y = product(x);
    return Arrays2d.addToChannels(y, bias, y);
  }

  private INDArray product(INDArray x) {
    if (weights.length() < LARGE) {
      INDArray y = Arrays2d.empty(weights, x.size(0), weights.size(0));
      Arrays2d.multiply(x, NO, weights, YES, y, 0);
      return y;
    }
    INDArray columns = Arrays2d.empty(weights, weights.size(0), x.size(0));
    Arrays2d.multiply(weights, NO, Arrays2d.transposed(x), NO, columns, 0);
    return Arrays2d.transposed(columns);
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    if (gradients != ParameterGradients.SKIP) {
      double keep = gradients == ParameterGradients.ADD ? 1 : 0;
      Arrays2d.multiply(error, YES, input, NO, weightGradient, keep);
      Arrays2d.addColumnSums(error, biasGradient, keep);
    }
    if (inputError == InputError.UNUSED) {
      return null;
    }
    INDArray result = Arrays2d.empty(weights, error.size(0), weights.size(1));
    Arrays2d.multiply(error, NO, weights, NO, result, 0);
    return result;
  }
}
