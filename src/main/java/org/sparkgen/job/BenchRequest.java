package org.sparkgen.job;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be measured.
 *
 * @param workload what is trained
 * @param images an IDX image file, gzip or not, on any Hadoop path; empty: 60,000 images of random
 *     bytes
 * @param limit how many of the images are used; empty: all
 * @param epochs rounds to train; the first one counts only if it is the only one
 * @param shards K, the number of shards
 * @param overrides further {@code key=value} of the configuration
 */
public record BenchRequest(
    Workload workload,
    Optional<String> images,
    OptionalInt limit,
    int epochs,
    int shards,
    List<String> overrides) {
  /** Copies the list. */
  public BenchRequest {
    overrides = List.copyOf(overrides);
  }
}
