package org.sparkgen.model;

import org.sparkgen.data.Batch;

/** Can turn examples into latent vectors. */
public interface Encoder {
  /**
   * Latent vectors of examples, or their distributions; changes nothing. Opens a step of its own:
   * call it outside of a {@link org.sparkgen.nn.StepWorkspace}.
   */
  Encoding encode(Batch batch);
}
