package org.sparkgen.spark;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Brings large partial results to the driver a few at a time, in the order of their partitions, so
 * that what the driver holds at once does not grow with their number.
 */
final class OrderedParts {
  /** Partitions of a Spark job: their results are below spark.driver.maxResultSize together. */
  static final int AT_ONCE = 32;

  private OrderedParts() {}

  /** Computes all partitions, and hands over what is in them. */
  static <T> void forEach(JavaRDD<T> parts, Consumer<T> merge) {
    int count = parts.getNumPartitions();
    for (int from = 0; from < count; from += AT_ONCE) {
      int[] partitions = IntStream.range(from, Math.min(count, from + AT_ONCE)).toArray();
      for (List<T> part : parts.collectPartitions(partitions)) {
        part.forEach(merge);
      }
    }
  }
}
