package org.sparkgen.spark;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * Reads Parquet files: a column of encoded pictures, of Spark's image struct, of ML vectors or of
 * number arrays, and a column of labels if one is configured.
 */
final class ExampleTable {
  private static final int CELL = 0;
  private static final int LABEL = 1;
  private static final int FILE = 2;
  private static final int INDEX = 3;

  private final SparkSession session;
  private final DataConfig data;
  private final List<ExampleFile> files;

  ExampleTable(SparkSession session, DataConfig data, List<ExampleFile> files) {
    this.session = session;
    this.data = data;
    this.files = files;
  }

  /** Every row of every file; only the files' schema is read yet. */
  JavaRDD<NamedOutcome> outcomes() {
    Dataset<Row> table =
        session.read().parquet(files.stream().map(ExampleFile::uri).toArray(String[]::new));
    CellDecoder decoder =
        CellDecoder.of(kind(type(table, data.column())), data, data.labelColumn());
    data.labelColumn().ifPresent(name -> checkNumeric(name, type(table, name)));
    Map<String, String> names = names();
    return table
        .select(
            column(data.column()),
            data.labelColumn().map(ExampleTable::column).orElse(functions.lit(null)),
            functions.col("_metadata.file_path"),
            functions.col("_metadata.row_index"))
        .toJavaRDD()
        .map(
            row ->
                new NamedOutcome(
                    name(names, row.getString(FILE)),
                    decoder.decode(
                        row.get(CELL), row.get(LABEL), row.getString(FILE), row.getLong(INDEX))));
  }

  private CellKind kind(DataType type) {
    return CellKind.of(type)
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.INPUT,
                    "data.column = %s has the type %s, but examples are %s"
                        .formatted(data.column(), type.simpleString(), CellKind.ALL)));
  }

  private DataType type(Dataset<Row> table, String column) {
    if (!List.of(table.columns()).contains(column)) {
      throw new JobException(
          ExitCode.INPUT,
          "%s has no column '%s'; it has %s"
              .formatted(data.path(), column, String.join(", ", table.columns())));
    }
    return table.schema().apply(column).dataType();
  }

  private static void checkNumeric(String column, DataType type) {
    if (!(type instanceof NumericType)) {
      throw new JobException(
          ExitCode.INPUT,
          "data.labelColumn = %s has the type %s, but labels are integers"
              .formatted(column, type.simpleString()));
    }
  }

  static Column column(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** Path to name below the root of the listing. */
  private Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    files.forEach(file -> names.put(withoutHost(file.uri()), file.name()));
    return new HashMap<>(names);
  }

  /** Spark gives addresses encoded; the listing does not. */
  private static String name(Map<String, String> names, String address) {
    String literal = names.get(withoutHost(address));
    return literal != null ? literal : names.get(withoutHost(URI.create(address).getPath()));
  }

  /** The path of an address: without scheme and host. */
  private static String withoutHost(String address) {
    return address.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*:(//[^/]*)?", "");
  }
}
