package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.data.Batch;

/** Can give an example back from its latent vector. */
public interface Reconstructor {
  /**
   * Reconstructions through the latent mean, in the model's range and the batch's shape, in the
   * memory of the open workspace, if any.
   */
  INDArray reconstruct(Batch batch);
}
