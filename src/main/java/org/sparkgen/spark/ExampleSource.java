package org.sparkgen.spark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Cifar10Reader;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.NumericRows;
import org.sparkgen.storage.Storage;

/**
 * Where examples come from: the listed files of one path and what reads them.
 *
 * @param outcomes every listed example; nothing is read yet
 * @param classes the names of its classes
 * @param excluded the classes that are left out of the outcomes
 */
record ExampleSource(
    JavaRDD<NamedOutcome> outcomes, LabelledNames classes, ExcludedClasses excluded) {
  /** What data.column is where the configuration does not say. */
  private static final String DEFAULT_COLUMN = "image";

  /**
   * The source of a data path.
   *
   * @param key the configuration key of the path, for messages
   * @param naming the names that classes get, of those that the data give them
   * @throws JobException with {@link ExitCode#INPUT} if nothing is found, or no label file where
   *     one is named
   */
  static ExampleSource of(
      SparkSession session, DataConfig data, String key, UnaryOperator<LabelledNames> naming) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Storage storage = Storage.open(ExampleFiles.hadoopSettings(context));
    List<ExampleFile> files = new ExampleListing(storage, key, data.path()).files();
    new FormatCheck(storage, data, key).check(files);
    LabelledNames classes = naming.apply(classes(data, files));
    JavaRDD<NamedOutcome> outcomes =
        switch (data.format()) {
          case IDX -> ExampleFiles.outcomes(context, files, idx(storage, key, data, files));
          case CIFAR10 ->
              ExampleFiles.outcomes(context, files, ExampleReaders.cifar10(conversion(data)));
          case FOLDER ->
              ExampleFiles.outcomes(
                  context, files, ExampleReaders.pictures(conversion(data), classes));
          case CSV -> ExampleFiles.outcomes(context, files, csv(data));
          case PARQUET -> new ExampleTable(session, data, files).outcomes();
        };
    return of(data, key, classes, outcomes);
  }

  /** The source of outcomes, without those of {@code data.excludedClasses}. */
  static ExampleSource of(
      DataConfig data, String key, LabelledNames classes, JavaRDD<NamedOutcome> outcomes) {
    ExcludedClasses excluded = ExcludedClasses.of(data, key, classes, outcomes.context());
    return new ExampleSource(excluded.leftOutOf(outcomes), classes, excluded);
  }

  /** The conversion to the configured image shape. */
  static ImageConversion conversion(DataConfig data) {
    return new ImageConversion(
        data.image().orElseThrow(() -> missing(data, "images", "data.image { height, width }")));
  }

  /** The check of rows against the configured count. */
  static NumericRows rows(DataConfig data) {
    return new NumericRows(
        data.features()
            .orElseThrow(() -> missing(data, "numeric rows", "data.features { count }"))
            .count());
  }

  private static JobException missing(DataConfig data, String what, String key) {
    return new JobException(
        ExitCode.INPUT,
        "%s (data.format = %s) holds %s: give %s"
            .formatted(data.path(), data.format().name().toLowerCase(Locale.ROOT), what, key));
  }

  private static LabelledNames classes(DataConfig data, List<ExampleFile> files) {
    return switch (data.format()) {
      case CIFAR10 -> LabelledNames.inOrder(Cifar10Reader.CLASS_NAMES);
      case FOLDER ->
          LabelledNames.sorted(
              files.stream().map(ExampleFile::folder).filter(name -> !name.isEmpty()).toList());
      case IDX, PARQUET, CSV -> LabelledNames.inOrder(List.of());
    };
  }

  private static ExampleReader idx(
      Storage storage, String key, DataConfig data, List<ExampleFile> files) {
    if (data.labels().isPresent() && files.size() > 1) {
      throw new JobException(
          ExitCode.INPUT,
          "labels = %s belongs to one IDX image file, but %s has %,d files. Give one image file."
              .formatted(data.labels().orElseThrow(), data.path(), files.size()));
    }
    String labelKey = key.substring(0, key.lastIndexOf('.') + 1) + "labels";
    Optional<String> labelUri =
        data.labels().map(labels -> new ExampleListing(storage, labelKey, labels).file().uri());
    return ExampleReaders.idx(conversion(data), labelUri);
  }

  private static ExampleReader csv(DataConfig data) {
    Optional<String> first = Optional.of(data.column()).filter(c -> !c.equals(DEFAULT_COLUMN));
    return ExampleReaders.csv(rows(data), first, data.labelColumn());
  }
}
