package org.sparkgen.ml;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.sparkgen.job.FittedModel;

/**
 * Reads what {@link ModelWriter} wrote: Spark's metadata, which must say that it is of this class,
 * and numbers and text.
 */
final class ModelReader extends MLReader<SparkgenModel> {
  @Override
  public SparkgenModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), SparkgenModel.class.getName());
    SparkgenModel model =
        new SparkgenModel(metadata.uid(), FittedModel.load(Sessions.storage(sparkSession()), path));
    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
    return model;
  }
}
