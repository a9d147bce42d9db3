package org.sparkgen.spark;

import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Cifar10Reader;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.Outcome;
import org.sparkgen.storage.Storage;

/**
 * Where examples come from: the listed files of one path and what reads them.
 *
 * @param outcomes every listed example under its id; nothing is read yet
 * @param names the names of its classes
 */
record ExampleSource(JavaPairRDD<Long, Outcome> outcomes, LabelledNames names) {

  /**
   * The source of a data path.
   *
   * @param key the configuration key of the path, for messages
   * @throws JobException with {@link ExitCode#INPUT} if nothing is found
   */
  static ExampleSource of(SparkSession session, DataConfig data, String key) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Storage storage = Storage.open(ExampleFiles.hadoopSettings(context));
    List<ExampleFile> files = new ExampleListing(storage, key, data.path()).files();
    return switch (data.format()) {
      case IDX -> idx(context, data, files);
      case CIFAR10 ->
          new ExampleSource(
              ExampleFiles.outcomes(context, files, ExampleReaders.cifar10(conversion(data))),
              LabelledNames.inOrder(Cifar10Reader.CLASS_NAMES));
      case FOLDER, PARQUET, CSV -> throw new UnsupportedOperationException();
    };
  }

  private static ExampleSource idx(
      JavaSparkContext context, DataConfig data, List<ExampleFile> files) {
    if (data.labels().isPresent() && files.size() > 1) {
      throw new JobException(
          ExitCode.INPUT,
          "labels = %s belongs to one IDX image file, but %s has %,d files. Give one image file."
              .formatted(data.labels().orElseThrow(), data.path(), files.size()));
    }
    ExampleReader reader = ExampleReaders.idx(conversion(data), data.labels());
    return new ExampleSource(
        ExampleFiles.outcomes(context, files, reader), LabelledNames.inOrder(List.of()));
  }

  private static ImageConversion conversion(DataConfig data) {
    return new ImageConversion(
        data.image()
            .orElseThrow(
                () ->
                    new JobException(
                        ExitCode.INPUT,
                        "data.format = %s holds images: give data.image { height, width }"
                            .formatted(data.format()))));
  }
}
