package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** By ND4J's operations: in double precision, and where oneDNN has no library of its own. */
record OperationProducts(Window window, INDArray weights) implements StridedProducts {
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
    return inputError == Kernel.InputError.NEEDED ? result : null;
  }
}
