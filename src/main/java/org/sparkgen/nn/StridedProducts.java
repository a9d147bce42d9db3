package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The three products of a strided convolution, between an outer image {@code [N,outer,H,W]}, an
 * inner image {@code [N,inner,h,w]} with a pixel per window, and weights {@code [inner,outer,k,k]}.
 *
 * <p>A convolution goes inwards, a deconvolution outwards; each is the other's adjoint with the
 * same weights.
 */
sealed interface StridedProducts {
  /** From here on the operations of oneDNN are faster than columns. */
  long FEW = 64;

  /** The products that are fastest for a shape of weights. */
  static StridedProducts of(Window window, INDArray weights) {
    long column = weights.length() / weights.size(0);
    return column <= FEW ? new ByColumns(window, weights) : new Direct(window, weights);
  }

  /** The inner image of an outer one. */
  INDArray inwards(INDArray outer);

  /** The outer image of an inner one. */
  INDArray outwards(INDArray inner);

  /**
   * Gradient of the weights and error at the input.
   *
   * @param input what the layer was given
   * @param error gradient of the objective in the layer's output
   * @param weightGradient is overwritten
   * @return the error at the input; null if it is not needed
   */
  INDArray backward(
      Direction direction,
      INDArray input,
      INDArray error,
      INDArray weightGradient,
      Kernel.InputError inputError);

  /** Which way a layer goes. */
  enum Direction {
    /** A convolution. */
    INWARDS,
    /** A deconvolution. */
    OUTWARDS
  }

  /** By ND4J's operations with the window itself. */
  record Direct(Window window, INDArray weights) implements StridedProducts {
    @Override
    public INDArray inwards(INDArray outer) {
      return window.convolve(outer, weights);
    }

    @Override
    public INDArray outwards(INDArray inner) {
      return window.deconvolve(inner, weights);
    }

    @Override
    public INDArray backward(
        Direction direction,
        INDArray input,
        INDArray error,
        INDArray weightGradient,
        Kernel.InputError inputError) {
      INDArray result = Arrays2d.empty(weights, input.shape());
      window.run(
          direction == Direction.INWARDS ? "conv2d_bp" : "deconv2d_bp",
          List.of(input, weights, error),
          List.of(result, weightGradient));
      return result;
    }
  }

  /**
   * For an outer image of few channels, grey or colour: oneDNN's kernels work on blocks of 16
   * channels, and would spend most of their time on zeros. The pixels under each window become a
   * column of channels of the inner image's size, which makes every product one at single pixels.
   */
  final class ByColumns implements StridedProducts {
    private final Window window;
    private final INDArray weights;
    private final INDArray pixelWeights;
    private final INDArray unit;

    ByColumns(Window window, INDArray weights) {
      this.window = window;
      this.weights = weights;
      long column = weights.length() / weights.size(0);
      this.pixelWeights = weights.reshape('c', weights.size(0), column, 1, 1);
      this.unit =
          Nd4j.eye(column)
              .castTo(weights.dataType())
              .reshape('c', column, weights.size(1), window.kernel(), window.kernel());
    }

    @Override
    public INDArray inwards(INDArray outer) {
      return window.convolve(outer, weights);
    }

    @Override
    public INDArray outwards(INDArray inner) {
      long inside = weights.size(0);
      long column = pixelWeights.size(1);
      INDArray turned =
          Arrays2d.transposed(pixelWeights.reshape('c', inside, column))
              .reshape('c', column, inside, 1, 1);
      INDArray columns = Window.PIXEL.convolve(inner, turned);
      return window.sumColumns(
          columns.reshape(
              'c',
              inner.size(0),
              weights.size(1),
              window.kernel(),
              window.kernel(),
              inner.size(2),
              inner.size(3)));
    }

    @Override
    public INDArray backward(
        Direction direction,
        INDArray input,
        INDArray error,
        INDArray weightGradient,
        Kernel.InputError inputError) {
      return switch (direction) {
        case INWARDS -> {
          weightGradient(input, error, weightGradient);
          yield inputError == Kernel.InputError.NEEDED ? outwards(error) : null;
        }
        case OUTWARDS -> {
          weightGradient(error, input, weightGradient);
          yield inputError == Kernel.InputError.NEEDED ? inwards(error) : null;
        }
      };
    }

    private void weightGradient(INDArray outer, INDArray inner, INDArray result) {
      // A convolution with unit vectors as weights copies each window's pixels into a column.
      INDArray columns = window.convolve(outer, unit);
      Window.PIXEL.run(
          "conv2d_bp",
          List.of(columns, pixelWeights, inner),
          List.of(
              Arrays2d.empty(columns, columns.shape()), result.reshape('c', pixelWeights.shape())));
    }
  }
}
