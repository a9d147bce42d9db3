package org.sparkgen.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.Trainable;

/** What is computed of examples by a trained model, as columns of a table. */
public interface ExampleFunction extends Serializable {
  /** The columns. */
  List<StructField> columns();

  /** Whether a conditional model has to be told each example's class for it. */
  boolean isGivenClasses();

  /**
   * Computes, in a task and outside of any step.
   *
   * @param model in the trained state
   * @param config of the run that trained it
   * @param block examples; what is said of one must not depend on the others
   * @param batch the same in the model's range
   * @return for each example of the batch a value for each column
   */
  List<Object[]> apply(Trainable model, RunConfig config, ExampleBlock block, Batch batch);
}
