package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.FeaturesConfig;
import org.sparkgen.config.FeaturesConfig.Scaling;
import org.sparkgen.config.HeldOutConfig;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Pictures;

/** CSV and Parquet. */
@ExtendWith(LocalSpark.class)
class ExampleRowsTest {
  private static final StructType IMAGE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("nChannels", DataTypes.IntegerType)
          .add("mode", DataTypes.IntegerType)
          .add("data", DataTypes.BinaryType);

  @TempDir private Path folder;

  private DataConfig rows(DataFormat format, String column, Scaling scaling, double rejected) {
    return new DataConfig(
        folder.resolve("training").toString(),
        format,
        Optional.empty(),
        column,
        Optional.of("kind"),
        3,
        Optional.empty(),
        Optional.of(new FeaturesConfig(2, scaling)),
        rejected,
        List.of(),
        DataConfig.Binarization.NONE,
        Optional.of(new HeldOutConfig(folder.resolve("held out").toString(), Optional.empty())));
  }

  private DataConfig images(double rejected) {
    DataConfig rows = rows(DataFormat.PARQUET, "image", Scaling.NONE, rejected);
    return new DataConfig(
        rows.path(),
        rows.format(),
        rows.labels(),
        rows.column(),
        rows.labelColumn(),
        rows.shards(),
        Optional.of(new ImageConfig(1, 2, 3, ImageConfig.Fit.CROP)),
        Optional.empty(),
        rejected,
        List.of(),
        DataConfig.Binarization.NONE,
        Optional.empty());
  }

  private void write(SparkSession session, String name, DataType type, List<?> cells) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      rows.add(RowFactory.create(cells.get(i), (long) i));
    }
    StructType schema = new StructType().add("image", type).add("kind", DataTypes.LongType);
    session
        .createDataFrame(rows, schema)
        .repartition(2)
        .write()
        .parquet(folder.resolve(name).toString());
  }

  /** Label to values (or unsigned pixels), over all shards. */
  private static Map<Integer, List<Float>> byLabel(ExampleShards shards) {
    Map<Integer, List<Float>> found = new TreeMap<>();
    for (List<ExampleBlock> shard : shards.blocks().collect()) {
      for (ExampleBlock block : shard) {
        int size = (block.images() ? block.pixels().length : block.values().length) / block.count();
        for (int i = 0; i < block.count(); i++) {
          List<Float> values = new ArrayList<>();
          for (int j = i * size; j < (i + 1) * size; j++) {
            values.add(block.images() ? block.pixels()[j] & 0xFF : block.values()[j]);
          }
          assertThat(found.put(block.labels()[i], values)).isNull();
        }
      }
    }
    return found;
  }

  private static void assertRefused(SparkSession session, DataConfig data, String... message) {
    assertThatThrownBy(() -> ExampleShards.load(session, data))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContainingAll(message);
  }

  @Test
  void readsCsvAndScalesHeldOutRowsAsTrainingRows(SparkSession session) throws IOException {
    Files.createDirectories(folder.resolve("training"));
    Files.createDirectories(folder.resolve("held out"));
    Files.writeString(folder.resolve("training/1.csv"), "a,b,kind\n0,5,0\n10,5,1\n");
    Files.writeString(folder.resolve("training/2.csv"), "a,b,kind\n5,5,2\n");
    Files.writeString(folder.resolve("held out/1.csv"), "a,b,kind\n20,6,7\n");
    DataConfig data = rows(DataFormat.CSV, "image", Scaling.UNIT, 0);

    try (ExampleShards training = ExampleShards.load(session, data);
        ExampleShards heldOut = training.loadHeldOut(data)) {
      assertThat(byLabel(training))
          .containsExactly(
              Map.entry(0, List.of(0f, 0f)),
              Map.entry(1, List.of(1f, 0f)),
              Map.entry(2, List.of(0.5f, 0f)));
      assertThat(training.preprocessing().scaling().shift()).containsExactly(0, 5);
      assertThat(training.preprocessing().scaling().scale()).containsExactly(10, 1);
      assertThat(byLabel(heldOut)).containsExactly(Map.entry(7, List.of(2f, 1f)));
      assertThat(heldOut.preprocessing().scaling()).isSameAs(training.preprocessing().scaling());
    }
  }

  @Test
  void scalesByTheSameBitsWhateverTheThreads() throws IOException {
    Files.createDirectories(folder.resolve("training"));
    for (int file = 0; file < 5; file++) {
      StringBuilder text = new StringBuilder("a,b,kind\n");
      for (int i = 0; i < 50; i++) {
        text.append(Math.sin(file * 50 + i)).append(',').append(i * 1e6 / 3).append(",0\n");
      }
      Files.writeString(folder.resolve("training/" + file + ".csv"), text);
    }
    DataConfig data = rows(DataFormat.CSV, "a", Scaling.STANDARD, 0);

    double[] one = LocalSpark.withThreads(1, s -> shiftAndScale(s, data));
    double[] four = LocalSpark.withThreads(4, s -> shiftAndScale(s, data));

    assertThat(four).isEqualTo(one);
    assertThat(one).hasSize(4);
  }

  private static double[] shiftAndScale(SparkSession session, DataConfig data) {
    try (ExampleShards shards = ExampleShards.load(session, data)) {
      double[] both = Arrays.copyOf(shards.preprocessing().scaling().shift(), 4);
      System.arraycopy(shards.preprocessing().scaling().scale(), 0, both, 2, 2);
      return both;
    }
  }

  @Test
  void reportsAHeaderThatDoesNotFit(SparkSession session) throws IOException {
    Files.createDirectories(folder.resolve("training"));
    Files.writeString(folder.resolve("training/1.csv"), "a,b,c,kind\n0,5,0,0\n");

    assertRefused(
        session,
        rows(DataFormat.CSV, "image", Scaling.NONE, 1),
        "1.csv: data.features.count is 2, but its header has 3 columns besides the label.");
  }

  @Test
  void readsNumberArraysAndRejectsWhatIsNotFinite(SparkSession session) {
    write(
        session,
        "training",
        DataTypes.createArrayType(DataTypes.DoubleType),
        Arrays.asList(
            List.of(1.0, 2.0),
            List.of(1.0),
            List.of(1.0, Double.NaN),
            List.of(Double.POSITIVE_INFINITY, 1.0),
            Arrays.asList(1.0, null),
            null));

    try (ExampleShards shards =
        ExampleShards.load(session, rows(DataFormat.PARQUET, "image", Scaling.NONE, 1))) {
      assertThat(byLabel(shards)).containsExactly(Map.entry(0, List.of(1f, 2f)));
      assertThat(shards.rejected()).isEqualTo(5);
      assertThat(shards.rejectSample())
          .extracting(r -> r.reason())
          .containsExactlyInAnyOrder(
              "the row has 1 numbers, but data.features.count is 2",
              "number 2 of the row is NaN, which is no finite float",
              "number 1 of the row is Infinity, which is no finite float",
              "number 2 of the row is null",
              "the column is null");
    }
  }

  @Test
  void readsMlVectors(SparkSession session) {
    write(
        session,
        "training",
        SQLDataTypes.VectorType(),
        List.of(Vectors.dense(1, 2), Vectors.sparse(2, new int[] {1}, new double[] {5})));

    try (ExampleShards shards =
        ExampleShards.load(session, rows(DataFormat.PARQUET, "image", Scaling.NONE, 0))) {
      assertThat(byLabel(shards))
          .containsExactly(Map.entry(0, List.of(1f, 2f)), Map.entry(1, List.of(0f, 5f)));
    }
  }

  @Test
  void readsEncodedPictures(SparkSession session) {
    write(
        session,
        "training",
        DataTypes.BinaryType,
        List.of(Pictures.file(Pictures.plain(2, 1, 0x010203), "png"), new byte[] {1, 2, 3}));

    try (ExampleShards shards = ExampleShards.load(session, images(1))) {
      assertThat(byLabel(shards)).containsExactly(Map.entry(0, List.of(1f, 1f, 2f, 2f, 3f, 3f)));
      assertThat(shards.rejectSample().get(0).reason()).startsWith("not a PNG, JPEG");
    }
  }

  /** Spark stores rows of blue, green, red. */
  @Test
  void readsSparksImageStruct(SparkSession session) {
    write(
        session,
        "training",
        IMAGE,
        List.of(
            RowFactory.create("a", 1, 2, 3, 16, new byte[] {30, 20, 10, 31, 21, 11}),
            RowFactory.create("b", 1, 2, 1, 0, new byte[] {7, 8}),
            RowFactory.create("c", 1, 2, 3, 16, new byte[] {1}),
            RowFactory.create("d", -1, -1, -1, -1, new byte[0])));

    try (ExampleShards shards = ExampleShards.load(session, images(1))) {
      assertThat(byLabel(shards))
          .containsExactly(
              Map.entry(0, List.of(10f, 11f, 20f, 21f, 30f, 31f)),
              Map.entry(1, List.of(7f, 8f, 7f, 8f, 7f, 8f)));
      assertThat(shards.rejectSample())
          .extracting(r -> r.reason())
          .containsExactlyInAnyOrder(
              "an image of 2 x 1 pixels and 3 channels has 1 bytes",
              "its header promises -1 x -1 pixels");
    }
  }

  @Test
  void givesRowsTheSameIdsWhateverTheSplits(SparkSession session) {
    List<List<Double>> cells = new ArrayList<>();
    for (double i = 0; i < 100; i++) {
      cells.add(List.of(i, i));
    }
    write(session, "training", DataTypes.createArrayType(DataTypes.DoubleType), cells);
    DataConfig data = rows(DataFormat.PARQUET, "image", Scaling.NONE, 0);

    String one = LocalSpark.withThreads(1, s -> fingerprint(s, data));

    assertThat(LocalSpark.<String>withThreads(4, s -> fingerprint(s, data)).equals(one)).isTrue();
  }

  private static String fingerprint(SparkSession session, DataConfig data) {
    try (ExampleShards shards = ExampleShards.load(session, data)) {
      return shards.fingerprint();
    }
  }

  @Test
  void reportsColumnsThatDoNotFit(SparkSession session) throws IOException {
    write(session, "training", DataTypes.StringType, List.of("x"));
    DataConfig data = rows(DataFormat.PARQUET, "image", Scaling.NONE, 1);

    assertRefused(
        session, data, "data.column = image has the type string, but examples are encoded images");
    assertRefused(
        session,
        rows(DataFormat.PARQUET, "pixels", Scaling.NONE, 1),
        "has no column 'pixels'; it has image, kind");
    Files.writeString(folder.resolve("training/broken.parquet"), "not parquet");
    assertRefused(session, data, "data.path = " + folder, "can't read", "broken.parquet");
  }
}
