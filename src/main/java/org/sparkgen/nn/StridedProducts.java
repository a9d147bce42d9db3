package org.sparkgen.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The three products of a strided convolution, between an outer image {@code [N,outer,H,W]}, an
 * inner image {@code [N,inner,h,w]} with a pixel per window, and weights {@code [inner,outer,k,k]}.
 *
 * <p>A convolution goes inwards, a deconvolution outwards; each is the other's adjoint with the
 * same weights.
 */
sealed interface StridedProducts permits BlockedProducts, OperationProducts {
  /** The fastest products that this machine has for an array of weights. */
  static StridedProducts of(Window window, INDArray weights) {
    return weights.dataType() == DataType.FLOAT && OneDnn.available()
        ? new BlockedProducts(window, weights)
        : new OperationProducts(window, weights);
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
}
