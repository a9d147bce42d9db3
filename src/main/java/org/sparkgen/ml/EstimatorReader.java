package org.sparkgen.ml;

import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads an estimator's uid and params; the metadata must say that they are of this class. */
final class EstimatorReader extends MLReader<SparkgenEstimator> {
  @Override
  public SparkgenEstimator load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), SparkgenEstimator.class.getName());
    SparkgenEstimator estimator = new SparkgenEstimator(metadata.uid());
    metadata.getAndSetParams(estimator, metadata.getAndSetParams$default$2());
    return estimator;
  }
}
