package org.sparkgen.spark;

import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.ImageDecoder;
import org.sparkgen.data.NumericRows;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;
import org.sparkgen.data.UnreadableExampleException;

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
    CellDecoder decoder = decoder(type(table, data.column()));
    data.labelColumn().ifPresent(name -> checkNumeric(name, type(table, name)));
    String labelName = data.labelColumn().orElse(null);
    Map<String, String> names = names();
    return table
        .select(
            column(data.column()),
            data.labelColumn()
                .map(name -> column(name).cast("double"))
                .orElse(functions.lit(null).cast("double")),
            functions.col("_metadata.file_path"),
            functions.col("_metadata.row_index"))
        .toJavaRDD()
        .map(
            row ->
                new NamedOutcome(
                    name(names, row.getString(FILE)), outcome(row, decoder, labelName)));
  }

  private static Outcome outcome(Row row, CellDecoder decoder, String labelName) {
    long index = row.getLong(INDEX);
    try {
      if (row.isNullAt(CELL)) {
        throw new UnreadableExampleException("the column is null");
      }
      return decoder.decode(index, label(row, labelName), row.get(CELL));
    } catch (UnreadableExampleException e) {
      return Outcome.rejected(Reject.one(row.getString(FILE), index, e.getMessage()));
    }
  }

  private static int label(Row row, String name) throws UnreadableExampleException {
    if (name == null) {
      return ExampleBlock.NO_LABEL;
    }
    if (row.isNullAt(LABEL)) {
      throw new UnreadableExampleException("the label column '%s' is null".formatted(name));
    }
    return NumericRows.label(row.getDouble(LABEL), "the label column '%s'".formatted(name));
  }

  private CellDecoder decoder(DataType type) {
    if (type instanceof BinaryType) {
      ImageConversion conversion = ExampleSource.conversion(data);
      return (index, label, cell) ->
          Outcome.image(index, label, ImageDecoder.decode((byte[]) cell, conversion));
    }
    if (type instanceof StructType struct && isImage(struct)) {
      ImageConversion conversion = ExampleSource.conversion(data);
      return (index, label, cell) -> Outcome.image(index, label, image((Row) cell, conversion));
    }
    if (type.equals(SQLDataTypes.VectorType())) {
      NumericRows rows = ExampleSource.rows(data);
      return (index, label, cell) ->
          Outcome.row(index, label, rows.checked(((Vector) cell).toArray()));
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      NumericRows rows = ExampleSource.rows(data);
      return (index, label, cell) -> Outcome.row(index, label, rows.checked(numbers(cell)));
    }
    throw new JobException(
        ExitCode.INPUT,
        ("data.column = %s has the type %s, but examples are encoded images (binary), Spark's image"
                + " struct, ML vectors or arrays of numbers")
            .formatted(data.column(), type.simpleString()));
  }

  private static boolean isImage(StructType struct) {
    List<String> fields = List.of(struct.fieldNames());
    return fields.containsAll(List.of("height", "width", "nChannels", "data"));
  }

  private static byte[] image(Row image, ImageConversion conversion)
      throws UnreadableExampleException {
    boolean complete =
        Stream.of("height", "width", "nChannels", "data")
            .noneMatch(field -> image.isNullAt(image.fieldIndex(field)));
    if (!complete) {
      throw new UnreadableExampleException("a field of the image struct is null");
    }
    return conversion.ofInterleaved(
        image.getAs("data"),
        image.<Integer>getAs("nChannels"),
        image.<Integer>getAs("height"),
        image.<Integer>getAs("width"));
  }

  private static double[] numbers(Object cell) throws UnreadableExampleException {
    scala.collection.Seq<?> sequence = (scala.collection.Seq<?>) cell;
    double[] numbers = new double[sequence.length()];
    scala.collection.Iterator<?> elements = sequence.iterator();
    for (int i = 0; i < numbers.length; i++) {
      if (!(elements.next() instanceof Number number)) {
        throw new UnreadableExampleException("number %,d of the row is null".formatted(i + 1));
      }
      numbers[i] = number.doubleValue();
    }
    return numbers;
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

  private static Column column(String name) {
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

  /** Turns a cell of a certain type into an accepted example. */
  private interface CellDecoder extends Serializable {
    Outcome decode(long index, int label, Object cell) throws UnreadableExampleException;
  }
}
