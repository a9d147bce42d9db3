package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Can turn latent vectors into examples; a conditional one, into examples of given classes.
 *
 * <p>Its input is the latent vector, followed by the class as a one-hot vector if there are classes
 * (see {@link OneHot}).
 */
public interface Generator {
  /** Length of a latent vector. */
  int latentSize();

  /** Number of classes that steer what is generated; 0 if none do. */
  int classes();

  /** Length of an input: the latent vector, and a number per class. */
  default int inputSize() {
    return latentSize() + classes();
  }

  /**
   * Examples of inputs, in the model's range.
   *
   * @param inputs {@code [N, inputSize]}, C order
   * @return {@code [N,C,H,W]} or {@code [N,F]}, in the memory of the open workspace, if any
   */
  INDArray generate(INDArray inputs);
}
