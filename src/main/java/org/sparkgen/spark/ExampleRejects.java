package org.sparkgen.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.data.Reject;
import org.sparkgen.storage.StorageFailure;

/** Writes rejects as part files of JSON lines, which no file name can break. */
final class ExampleRejects {
  private static final long REJECTS_PER_FILE = 100_000;
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("index", DataTypes.LongType)
          .add("count", DataTypes.LongType)
          .add("reason", DataTypes.StringType);

  private ExampleRejects() {}

  /** Writes into a folder, in the place of what an earlier attempt may have left there. */
  static void write(SparkSession session, JavaRDD<Reject> rejects, long count, String uri) {
    JavaRDD<Row> rows =
        rejects
            .coalesce((int) Math.min(rejects.getNumPartitions(), 1 + count / REJECTS_PER_FILE))
            .map(r -> RowFactory.create(r.path(), r.index(), r.count(), r.reason()));
    try {
      session.createDataFrame(rows, SCHEMA).write().mode(SaveMode.Overwrite).json(uri);
    } catch (Exception e) {
      throw ClusterFailure.explain("writing the rejects to " + StorageFailure.mask(uri), e);
    }
  }
}
