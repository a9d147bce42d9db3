package org.sparkgen.spark;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Reject;

/** Decides whether enough of the listed examples could be read. */
final class ExampleVerdict {
  private static final int REASONS_SHOWN = 5;

  private final DataConfig data;
  private final String key;

  /**
   * A verdict on the examples of a path.
   *
   * @param key the configuration key of the path, for messages
   */
  ExampleVerdict(DataConfig data, String key) {
    this.data = data;
    this.key = key;
  }

  /** Stops the run if a container file can't be read, too much was rejected, or nothing is left. */
  void check(ExampleCounts counts) {
    long accepted = counts.accepted();
    long rejected = counts.rejected();
    List<Reject> sample = counts.sample();
    Optional<Reject> wholeFile =
        sample.stream().filter(r -> r.index() == Reject.WHOLE_FILE).findFirst();
    if (wholeFile.isPresent()) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: can't read %s".formatted(key, data.path(), wholeFile.orElseThrow()));
    }
    long listed = accepted + rejected;
    if (rejected > data.maxRejectedFraction() * listed) {
      throw new JobException(
          ExitCode.INPUT,
          ("%s = %s: %,d of %,d listed examples can't be used (%.2f %%), more than"
                  + " data.maxRejectedFraction = %s allows. Remove or repair them, or raise"
                  + " data.maxRejectedFraction. The first reasons:%n%s")
              .formatted(
                  key,
                  data.path(),
                  rejected,
                  listed,
                  100.0 * rejected / listed,
                  data.maxRejectedFraction(),
                  reasons(sample)));
    }
    if (accepted == 0) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: none of %,d listed examples can be used. Check data.format = %s.%s"
              .formatted(
                  key,
                  data.path(),
                  listed,
                  data.format().name().toLowerCase(Locale.ROOT),
                  sample.isEmpty() ? "" : " The first reasons:%n%s".formatted(reasons(sample))));
    }
  }

  /**
   * The failure to report for one that ended the reading. What Spark's reader of Parquet files says
   * is about the input; anything else has its reason in it already.
   */
  JobException unreadable(Exception failure) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    boolean explained = causes.stream().anyMatch(JobException.class::isInstance);
    if (explained || data.format() != DataFormat.PARQUET) {
      return ClusterFailure.explain("%s = %s".formatted(key, data.path()), failure);
    }
    Throwable root = causes.get(causes.size() - 1);
    String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new JobException(
        ExitCode.INPUT,
        "%s = %s: can't read these Parquet files: %s".formatted(key, data.path(), reason),
        failure);
  }

  private static String reasons(List<Reject> sample) {
    return sample.stream()
        .limit(REASONS_SHOWN)
        .map(reject -> "  " + reject)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
