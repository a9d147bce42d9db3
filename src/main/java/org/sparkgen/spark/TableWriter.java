package org.sparkgen.spark;

import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/** Writes tables as Parquet. */
final class TableWriter {
  private TableWriter() {}

  /**
   * Replaces what is at the address. Columns of bytes, such as pictures, get no dictionary: no two
   * cells are alike, so it would be filled and thrown away.
   */
  static void write(Dataset<Row> table, String uri) {
    DataFrameWriter<Row> writer = table.write().mode(SaveMode.Overwrite);
    for (StructField field : table.schema().fields()) {
      if (field.dataType() instanceof BinaryType) {
        writer.option("parquet.enable.dictionary#" + field.name(), "false");
      }
    }
    writer.parquet(uri);
  }
}
