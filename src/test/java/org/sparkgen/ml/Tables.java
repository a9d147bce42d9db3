package org.sparkgen.ml;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.data.Pictures;
import org.sparkgen.job.TrainJob;
import org.sparkgen.job.TrainResult;
import org.sparkgen.storage.Storage;

/** Small tables, and trainings of a second. */
final class Tables {
  static final int PICTURES = 40;

  /** Of a training on pictures, without its data and its output. */
  static final String SETTINGS =
      """
      run { name = small, seed = 7 }
      data { shards = 3, image { height = 8, width = 8 } }
      model { family = vae, latent = 4, hidden = [16] }
      training { epochs = 2, batchSize = 8 }
      output { samples = 4 }
      """;

  private static final int SIDE = 8;

  private Tables() {}

  /** Writes PNG files into two folders below the given one. */
  static Path pictures(Path folder) {
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        boolean bright = pixel / SIDE == i % SIDE || pixel % SIDE == i / SIDE;
        image.getRaster().setSample(pixel % SIDE, pixel / SIDE, 0, bright ? 255 - i : i);
      }
      write(folder.resolve(i % 2 == 0 ? "even" : "odd").resolve(i + ".png"), image);
    }
    return folder;
  }

  private static void write(Path file, BufferedImage image) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Pictures.file(image, "png"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trains by the command's job on the pictures of a folder. */
  static TrainResult train(Path pictures, Path output) {
    String text =
        SETTINGS
            + "data { path = \"%s\", format = folder }\noutput.path = \"%s\""
                .formatted(pictures, output);
    return new TrainJob(
            ConfigParser.parse(text, "small.conf", List.of()),
            OverwritePolicy.REFUSE,
            Storage.open())
        .run();
  }

  /**
   * The pictures of a folder: their bytes, {@code content}, and their paths below it, {@code id}.
   */
  static Dataset<Row> binary(SparkSession session, Path pictures) {
    return session
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .load(pictures.toString())
        .withColumn(
            "id",
            functions.substring_index(
                functions.col("path"), pictures.getFileName().toString() + "/", -1));
  }

  /** Rows of three numbers {@code a, b, c}, of two kinds, with {@code kind} and {@code number}. */
  static Dataset<Row> numbers(SparkSession session) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double kind = i % 2;
      double t = i / 60.0;
      rows.add(RowFactory.create(10 * kind + t, 5 - 10 * kind, t * t - kind, kind, (long) i));
    }
    StructType schema =
        new StructType()
            .add("a", DataTypes.DoubleType)
            .add("b", DataTypes.DoubleType)
            .add("c", DataTypes.DoubleType)
            .add("kind", DataTypes.DoubleType)
            .add("number", DataTypes.LongType);
    return session.createDataFrame(rows, schema);
  }

  /** The same with an array of the three numbers, {@code values}. */
  static Dataset<Row> arrays(SparkSession session) {
    return numbers(session)
        .withColumn(
            "values", functions.array(functions.col("a"), functions.col("b"), functions.col("c")));
  }

  /** An estimator of rows, trained in a second. */
  static SparkgenEstimator ofRows(String inputCol) {
    return new SparkgenEstimator()
        .setConfig("model.hidden = [16]")
        .setInputCol(inputCol)
        .setLatentCol("latent")
        .setLatent(2)
        .setEpochs(2)
        .setBatchSize(8)
        .setShards(2)
        .setSeed(7);
  }
}
