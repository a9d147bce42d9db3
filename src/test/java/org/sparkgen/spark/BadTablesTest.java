package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgen.config.Configurations;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Pictures;

/** Parquet files of every kind of cell: each row is read, or rejected with its reason. */
@ExtendWith(LocalSpark.class)
class BadTablesTest {
  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType INTEGERS = DataTypes.createArrayType(DataTypes.IntegerType);
  private static final DataType VECTORS = SQLDataTypes.VectorType();
  private static final byte[] PNG = Pictures.file(Pictures.plain(3, 3, 0), "png");

  @TempDir private Path folder;

  /** A column of cells; all rows after the first are bad, and the reasons say why. */
  private record Kind(DataType type, List<?> cells, List<String> reasons) {
    @Override
    public String toString() {
      return type.simpleString();
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            DOUBLES,
            Arrays.asList(
                List.of(1.0, 2.0),
                null,
                List.of(),
                List.of(1.0),
                List.of(1.0, 2.0, 3.0),
                Arrays.asList(1.0, null),
                List.of(Double.NaN, 1.0),
                List.of(1.0, Double.NEGATIVE_INFINITY),
                List.of(1e39, 1.0)),
            List.of(
                "the column is null",
                "the row has 0 numbers",
                "the row has 1 numbers",
                "the row has 3 numbers",
                "number 2 of the row is null",
                "number 1 of the row is NaN",
                "number 2 of the row is -Infinity",
                "number 1 of the row is 1.0E39")),
        new Kind(
            INTEGERS,
            Arrays.asList(List.of(1, 2), Arrays.asList(null, 2), List.of(7)),
            List.of("number 1 of the row is null", "the row has 1 numbers")),
        new Kind(
            VECTORS,
            Arrays.asList(
                Vectors.dense(1, 2),
                null,
                Vectors.dense(new double[0]),
                Vectors.sparse(3, new int[] {1}, new double[] {1}),
                Vectors.sparse(2, new int[] {1}, new double[] {Double.NaN})),
            List.of(
                "the column is null",
                "the row has 0 numbers",
                "the row has 3 numbers",
                "number 2 of the row is NaN")),
        new Kind(
            DataTypes.BinaryType,
            Arrays.asList(PNG, null, new byte[0], new byte[] {1}, Arrays.copyOf(PNG, 40)),
            List.of(
                "the column is null",
                "the file is empty",
                "not a PNG, JPEG, GIF or BMP file",
                "damaged PNG")));
  }

  private String table(SparkSession session, DataType type, List<?> cells) {
    StructType schema = new StructType().add("image", type);
    List<Row> rows = cells.stream().map(cell -> RowFactory.create(new Object[] {cell})).toList();
    String path = folder.resolve("table.parquet").toString();
    session.createDataFrame(rows, schema).coalesce(1).write().parquet(path);
    return path;
  }

  private static DataConfig data(DataType type, String path) {
    return type.equals(DataTypes.BinaryType)
        ? Configurations.pictures(2, 2, path)
        : Configurations.rows(2, path);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyRowIsReadOrRejected(Kind kind) {
    SparkSession session = LocalSpark.session();
    String path = table(session, kind.type(), kind.cells());

    try (ExampleShards shards = ExampleShards.load(session, data(kind.type(), path))) {
      assertThat(shards.accepted()).isOne();
      assertThat(shards.rejected()).isEqualTo(kind.reasons().size());
      for (int i = 0; i < kind.reasons().size(); i++) {
        assertThat(shards.rejectSample().get(i).index()).isEqualTo(1 + i);
        assertThat(shards.rejectSample().get(i).reason()).contains(kind.reasons().get(i));
      }
    }
  }

  @Test
  void columnsOfAnotherTypeAreRefused(SparkSession session) {
    String path = table(session, DataTypes.StringType, List.of("a"));

    assertRefused(
        session,
        Configurations.rows(2, path),
        "data.column = image has the type string, but examples are");
  }

  @Test
  void columnsForAnotherShapeAreRefused(SparkSession session) {
    String path = table(session, DOUBLES, List.of(List.of(1.0)));

    assertRefused(session, Configurations.pictures(2, 2, path), "holds numeric rows");
  }

  /** Its footer comes last: what is left is no Parquet file. */
  @Test
  void aFileThatIsCutIsRefused(SparkSession session) throws IOException {
    Path path = Path.of(table(session, DOUBLES, List.of(List.of(1.0, 2.0))));
    for (int part : new int[] {2, 4, 9}) {
      Path cut = Files.createDirectory(folder.resolve("cut-" + part));
      try (Stream<Path> files = Files.list(path)) {
        Path whole = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(cut.resolve("part.parquet"), Arrays.copyOf(bytes, bytes.length * part / 10));
      }

      assertRefused(
          session, Configurations.rows(2, cut.toString()), "can't read these Parquet files");
    }
  }

  @Test
  void aFileOfAnotherFormatIsRefused(SparkSession session) throws IOException {
    Files.writeString(folder.resolve("x.parquet"), "a,b\n1,2\n");

    assertRefused(
        session,
        Configurations.rows(2, folder.resolve("x.parquet").toString()),
        "can't read these Parquet files");
  }

  private static void assertRefused(SparkSession session, DataConfig data, String message) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> ExampleShards.load(session, data))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
