package org.sparkgen.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.nn.StridedProducts.Direction;

/**
 * A strided convolution or deconvolution (transposed convolution) over {@code [N,C,H,W]}.
 *
 * <p>Weights are {@code [out,in,kH,kW]} of a convolution and {@code [in,out,kH,kW]} of a
 * deconvolution.
 */
final class StridedKernel implements Kernel {
  private final Direction direction;
  private final StridedProducts products;
  private final LayerViews views;
  private INDArray input;

  /** A kernel over the parameters W and b of a layer. */
  StridedKernel(Direction direction, Window window, LayerViews views) {
    this.direction = direction;
    this.products = StridedProducts.of(window, views.parameter("W"));
    this.views = views;
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    input = x;
    INDArray y =
        switch (direction) {
          case INWARDS -> products.inwards(x);
          case OUTWARDS -> products.outwards(x);
        };
    // Apart from the product: oneDNN's deconvolution adds a bias number by number.
    return Arrays2d.addToChannels(y, views.parameter("b"), y);
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    return switch (gradients) {
      case SKIP ->
          switch (direction) {
            case INWARDS -> products.outwards(error);
            case OUTWARDS -> products.inwards(error);
          };
      case REPLACE -> {
        views.gradient("b").assign(Arrays2d.channelSums(error));
        yield products.backward(direction, input, error, views.gradient("W"), inputError);
      }
      case ADD -> {
        views.gradient("b").addi(Arrays2d.channelSums(error));
        INDArray part = Arrays2d.empty(error, views.gradient("W").shape());
        INDArray result = products.backward(direction, input, error, part, inputError);
        views.gradient("W").addi(part);
        yield result;
      }
    };
  }
}
