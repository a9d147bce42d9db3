package org.sparkgen.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.LabelledNames;

/** The classes of {@code data.excludedClasses}, and whether they are among the examples. */
final class ExcludedClasses {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final DataConfig data;
  private final String key;

  /** Counts at least one for each example that was left out: a retried task counts again. */
  private final Map<Integer, LongAccumulator> found;

  private ExcludedClasses(DataConfig data, String key, Map<Integer, LongAccumulator> found) {
    this.data = data;
    this.key = key;
    this.found = found;
  }

  /**
   * The classes to leave out.
   *
   * @param key the configuration key of the path, for messages
   * @param classes names of the classes; empty if they have numbers only
   * @throws JobException with {@link ExitCode#INPUT} if one is not among the names
   */
  static ExcludedClasses of(
      DataConfig data, String key, LabelledNames classes, SparkContext context) {
    Map<Integer, LongAccumulator> found = new TreeMap<>();
    ExcludedClasses excluded = new ExcludedClasses(data, key, found);
    for (String name : data.excludedClasses()) {
      found.put(excluded.number(name, classes), context.longAccumulator());
    }
    return excluded;
  }

  private int number(String name, LabelledNames classes) {
    int named = classes.number(name);
    if (named != ExampleBlock.NO_LABEL) {
      return named;
    }
    int count = classes.names().size();
    if (!NUMBER.matcher(name).matches() || (count > 0 && Integer.parseInt(name) >= count)) {
      throw unknown(name, count == 0 ? "are numbers" : "are " + String.join(", ", classes.names()));
    }
    return Integer.parseInt(name);
  }

  private JobException unknown(String name, String classes) {
    return new JobException(
        ExitCode.INPUT,
        "data.excludedClasses = %s: %s = %s has no such class; its classes %s"
            .formatted(name, key, data.path(), classes));
  }

  /** The outcomes without the examples of these classes. */
  JavaRDD<NamedOutcome> leftOutOf(JavaRDD<NamedOutcome> outcomes) {
    Map<Integer, LongAccumulator> counts = new HashMap<>(found);
    return counts.isEmpty() ? outcomes : outcomes.filter(each -> isKept(each, counts));
  }

  private static boolean isKept(NamedOutcome each, Map<Integer, LongAccumulator> counts) {
    LongAccumulator count =
        each.outcome().reject().isPresent() ? null : counts.get(each.outcome().label());
    if (count != null) {
      count.add(1);
    }
    return count == null;
  }

  /**
   * Requires, when the examples were read, that each class was among them.
   *
   * @param highest number of the classes that were not left out
   * @throws JobException with {@link ExitCode#INPUT} if one was not
   */
  void requireFound(int highest) {
    int last = highest;
    for (Map.Entry<Integer, LongAccumulator> each : found.entrySet()) {
      last = each.getValue().isZero() ? last : Math.max(last, each.getKey());
    }
    for (Map.Entry<Integer, LongAccumulator> each : found.entrySet()) {
      if (each.getValue().isZero()) {
        throw unknown(each.getKey().toString(), "are numbers from 0 to " + last);
      }
    }
  }
}
