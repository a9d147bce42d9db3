package org.sparkgen.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Another shape over the same numbers: flattening to {@code [N,F]} or back to {@code [N,C,H,W]}.
 */
final class ReshapeKernel implements Kernel {
  private final long[] exampleShape;
  private long[] inputShape;

  /** The shape after the leading N. */
  ReshapeKernel(long... exampleShape) {
    this.exampleShape = exampleShape;
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    inputShape = x.shape();
    long[] shape = new long[exampleShape.length + 1];
    shape[0] = x.size(0);
    System.arraycopy(exampleShape, 0, shape, 1, exampleShape.length);
    return x.reshape('c', shape);
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    return error.reshape('c', inputShape);
  }
}
