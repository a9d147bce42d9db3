package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What an autoencoder minimises, at a batch that has gone through both networks. */
sealed interface LatentObjective permits EvidenceBound, ImportanceWeightedBound {
  /** Means per example. */
  StepReport report();

  /** The error at the decoder's raw output, which it takes the place of. */
  INDArray errorInPlace();

  /**
   * The error at the encoder's output.
   *
   * @param inputError the error at the decoder's input
   */
  INDArray encodedError(INDArray inputError);
}
