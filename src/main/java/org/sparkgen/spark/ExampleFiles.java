package org.sparkgen.spark;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgen.storage.Storage;

/** Reads listed files in tasks, one file after the other and each by one task. */
final class ExampleFiles {
  private static final long BYTES_PER_TASK = 32L << 20;
  private static final int TASKS_PER_CORE = 4;

  private ExampleFiles() {}

  /**
   * Hadoop's settings of a Spark application, for its driver and its tasks: all of them, because
   * executors may have other configuration files or none. May hold secrets: not for logs.
   */
  static Map<String, String> hadoopSettings(JavaSparkContext context) {
    return Storage.settings(context.hadoopConfiguration());
  }

  /** Every example of every file in the order of the files; nothing is read yet. */
  static JavaRDD<NamedOutcome> outcomes(
      JavaSparkContext context, List<ExampleFile> files, ExampleReader reader) {
    Map<String, String> settings = hadoopSettings(context);
    return context
        .parallelize(files, tasks(context, files))
        .mapPartitions(
            part -> {
              Storage storage = Storage.open(settings);
              return stream(part).flatMap(file -> named(storage, file, reader)).iterator();
            });
  }

  /** Small files are read many to a task; how many has no influence on the result. */
  private static int tasks(JavaSparkContext context, List<ExampleFile> files) {
    long bytes = files.stream().mapToLong(ExampleFile::length).sum();
    long useful =
        Math.max(bytes / BYTES_PER_TASK, (long) TASKS_PER_CORE * context.defaultParallelism());
    return (int) Math.min(files.size(), useful);
  }

  private static Stream<NamedOutcome> named(
      Storage storage, ExampleFile file, ExampleReader reader) {
    return stream(reader.read(storage, file))
        .map(outcome -> new NamedOutcome(file.name(), outcome));
  }

  /** Elements as they are asked for. */
  static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }
}
