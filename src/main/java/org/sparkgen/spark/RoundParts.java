package org.sparkgen.spark;

import java.util.Arrays;
import java.util.List;
import org.sparkgen.averaging.PackedFloats;

/** The parts of one round as they arrive at the driver. */
final class RoundParts {
  private final SliceMean[] means;
  private RoundSummary summary;
  private long reducedFrom = Long.MAX_VALUE;

  /** Expects the means of so many slices and a summary. */
  RoundParts(int slices) {
    means = new SliceMean[slices];
  }

  /** Takes what the reducer of a partition has sent. */
  void arrived(int partition, Reduction.Reduced reduced) {
    reducedFrom = Math.min(reducedFrom, System.nanoTime() - reduced.nanos());
    if (reduced.part() instanceof SliceMean mean) {
      means[partition] = mean;
    } else if (reduced.part() instanceof RoundSummary all) {
      summary = all;
    }
  }

  /**
   * When the first reducer began, as {@link System#nanoTime} of this machine; until then shards
   * trained. Known by what the reducers say that they took, since clocks of machines differ.
   */
  long reducedFrom() {
    return reducedFrom;
  }

  RoundSummary summary() {
    return summary;
  }

  /**
   * The mean of every slice.
   *
   * @throws IllegalStateException if one lacks a shard that contributed
   */
  List<PackedFloats> means() {
    for (int slice = 0; slice < means.length; slice++) {
      if (means[slice].examples() != summary.contributed()) {
        throw new IllegalStateException(
            "slice %d is the mean over %d examples, but the shards trained on %d"
                .formatted(slice, means[slice].examples(), summary.contributed()));
      }
    }
    return Arrays.stream(means).map(SliceMean::values).toList();
  }
}
