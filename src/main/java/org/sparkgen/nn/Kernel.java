package org.sparkgen.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The computation of one layer over the parameter and gradient views of a DL4J network.
 *
 * <p>Arrays are in C order throughout, {@code [N,F]} or {@code [N,C,H,W]}, so that flattening is a
 * view and every matrix product finds its operands as BLAS wants them. New arrays are taken from
 * the workspace that is open, see {@link StepWorkspace}. An array handed to a kernel may be
 * overwritten by it, except the first input of a network.
 */
sealed interface Kernel
    permits DenseKernel, StridedKernel, BatchNormKernel, ActivationKernel, ReshapeKernel {

  /** The layer's output; in training mode, keeps what {@link #backward} needs. */
  INDArray forward(INDArray input, Mode mode);

  /**
   * Propagates the error of the latest training-mode forward pass.
   *
   * @param error gradient of the objective in the output
   * @param gradients what to do with the parameters' gradients
   * @param inputError whether the error at the input is computed
   * @return the error at the input, or null if not asked for
   */
  INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError);

  /** Whether the error at a network's input is needed. */
  enum InputError {
    /** It is the output error of another network, or of the layer below. */
    NEEDED,
    /** Nobody reads it. */
    UNUSED
  }
}
