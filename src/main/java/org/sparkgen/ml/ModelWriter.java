package org.sparkgen.ml;

import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Writes uid and params as all of Spark ML does, and beside them the trained model. */
final class ModelWriter extends MLWriter {
  private final SparkgenModel model;

  ModelWriter(SparkgenModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    new DefaultParamsWriter(model).saveImpl(path);
    model.fitted().save(Sessions.storage(sparkSession()), path);
  }
}
