package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Can turn latent vectors into examples. */
public interface Generator {
  /** Length of a latent vector. */
  int latentSize();

  /**
   * Examples of latent vectors, in the model's range.
   *
   * @param latents {@code [N, latentSize]}, C order
   * @return {@code [N,C,H,W]} or {@code [N,F]}, in the memory of the open workspace, if any
   */
  INDArray generate(INDArray latents);
}
