package org.sparkgen.spark;

import java.io.Serializable;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Trainable;

/** What computes an anomaly score, in tasks. */
public interface ExampleScore extends Serializable {
  /**
   * The scores of examples, of each whatever the others are.
   *
   * @param model in the trained state, one that can give the score
   * @param block examples
   * @param batch the same in the model's range
   */
  double[] of(Trainable model, ExampleBlock block, Batch batch);

  /** Whether a conditional model has to be told each example's class for it. */
  boolean isGivenClasses();
}
