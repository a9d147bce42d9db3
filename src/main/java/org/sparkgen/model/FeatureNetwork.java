package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Describes examples by numbers in whose space sets of examples are compared. */
public interface FeatureNetwork {
  /**
   * Looks at examples in inference mode; changes nothing. Opens steps of its own: call it outside
   * of a {@link org.sparkgen.nn.StepWorkspace}.
   *
   * @param examples {@code [N,C,H,W]} or {@code [N,F]}, C order, pixels in [0, 1]
   */
  Features look(INDArray examples);
}
