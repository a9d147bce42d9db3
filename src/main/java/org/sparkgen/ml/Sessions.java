package org.sparkgen.ml;

import org.apache.spark.sql.SparkSession;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.storage.Storage;

/** What this room needs of a Spark session. */
final class Sessions {
  private Sessions() {}

  /** Files as the session's own jobs see them. */
  static Storage storage(SparkSession session) {
    return Storage.open(SparkEnvironment.hadoopSettings(session));
  }
}
