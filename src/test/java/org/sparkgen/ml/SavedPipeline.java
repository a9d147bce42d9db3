package org.sparkgen.ml;

import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;

/** A process that loads a pipeline and transforms a table. */
final class SavedPipeline {
  private SavedPipeline() {}

  /**
   * Runs.
   *
   * @param paths of the pipeline, of the table in Parquet, and of the result
   */
  public static void main(String[] paths) {
    try (SparkSession session =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      PipelineModel.load(paths[0])
          .transform(session.read().parquet(paths[1]))
          .write()
          .parquet(paths[2]);
    }
  }
}
