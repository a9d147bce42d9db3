package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.data.Batch;

/** Can turn examples into latent vectors. */
public interface Encoder {
  /**
   * Latent means of examples.
   *
   * @return {@code [N, latent]}, in the memory of the open workspace, if any
   */
  INDArray encode(Batch batch);
}
