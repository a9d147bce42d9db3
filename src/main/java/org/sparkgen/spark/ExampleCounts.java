package org.sparkgen.spark;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparkgen.data.Reject;

/**
 * What became of all listed examples.
 *
 * @param accepted those that could be read
 * @param rejected those that could not
 * @param sample the first rejects: whole files before others, then by path and index
 */
public record ExampleCounts(long accepted, long rejected, List<Reject> sample) {
  /** Rejects that are kept as examples of what is wrong. */
  static final int SAMPLE = 20;

  public ExampleCounts {
    sample = first(sample.stream()).toList();
  }

  /** Of all shards together. */
  static ExampleCounts of(List<ExampleSummary> summaries) {
    return new ExampleCounts(
        summaries.stream().mapToLong(ExampleSummary::accepted).sum(),
        summaries.stream().mapToLong(ExampleSummary::rejected).sum(),
        summaries.stream().flatMap(ExampleSummary::sample).toList());
  }

  /** The first {@link #SAMPLE} of some rejects. */
  static Stream<Reject> first(Stream<Reject> rejects) {
    return rejects
        .sorted(
            Comparator.<Reject>comparingInt(r -> r.index() == Reject.WHOLE_FILE ? 0 : 1)
                .thenComparing(Reject::path)
                .thenComparingLong(Reject::index))
        .limit(SAMPLE);
  }
}
