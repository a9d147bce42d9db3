package org.sparkgen.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.evaluation.FeatureManifold;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.evaluation.FeatureSample;
import org.sparkgen.evaluation.FrechetDistance;
import org.sparkgen.evaluation.KernelDistance;
import org.sparkgen.evaluation.KernelDistanceSums;
import org.sparkgen.evaluation.ManifoldCounts;
import org.sparkgen.evaluation.ManifoldMetrics;
import org.sparkgen.evaluation.SetComparison;

/**
 * Distances between sets of features, computed by Spark. How the work is cut depends on the numbers
 * of rows only, and parts are merged in order: the same sets give the same bits.
 */
final class FeatureComparison {
  /** Rows of each set whose distances to each other are computed: their number is squared. */
  static final int MOST_ROWS = 10_000;

  private static final int ROWS_PER_TASK = 500;
  private static final int LARGEST_KERNEL_BLOCK = 1000;
  private static final int KERNEL_BLOCKS = 10;
  private static final long SHUFFLE_SEED = 1;

  private final JavaSparkContext context;

  FeatureComparison(JavaSparkContext context) {
    this.context = context;
  }

  /**
   * The balls around the first rows of a set.
   *
   * @param rows more than {@link FeatureManifold#NEIGHBOURS}
   */
  FeatureManifold manifold(FeatureRows rows) {
    Broadcast<FeatureRows> all = context.broadcast(rows);
    try {
      return FeatureManifold.joined(
          context
              .parallelize(starts(rows.count()), starts(rows.count()).size())
              .map(
                  from ->
                      FeatureManifold.block(
                          all.value(),
                          from,
                          Math.min(all.value().count(), from + ROWS_PER_TASK),
                          FeatureManifold.NEIGHBOURS))
              .collect());
    } finally {
      all.destroy();
    }
  }

  private static List<Integer> starts(int count) {
    return IntStream.range(0, (count + ROWS_PER_TASK - 1) / ROWS_PER_TASK)
        .map(i -> i * ROWS_PER_TASK)
        .boxed()
        .toList();
  }

  /**
   * Compares two sets.
   *
   * @param realBalls of as many of the real set's first rows as shall be compared with each other;
   *     the other set must have kept as many
   */
  SetComparison compare(FeatureSample real, FeatureManifold realBalls, FeatureSample other) {
    FeatureRows otherRows = other.firstRows(realBalls.count());
    return new SetComparison(
        FrechetDistance.between(real.moments(), other.moments()),
        kernel(realBalls.rows(), otherRows),
        manifolds(realBalls, manifold(otherRows)));
  }

  private KernelDistance kernel(FeatureRows real, FeatureRows other) {
    int size = Math.max(2, Math.min(LARGEST_KERNEL_BLOCK, real.count() / KERNEL_BLOCKS));
    // Rows of a shard, or of a class, may be alike: in one order they would meet in one block.
    Broadcast<FeatureRows> mixedReal = context.broadcast(real.shuffled(SHUFFLE_SEED));
    Broadcast<FeatureRows> mixedOther = context.broadcast(other.shuffled(SHUFFLE_SEED + 1));
    List<Integer> blocks = IntStream.range(0, real.count() / size).boxed().toList();
    try {
      KernelDistanceSums sums = new KernelDistanceSums(size);
      context
          .parallelize(blocks, blocks.size())
          .map(
              block -> {
                int from = block * size;
                KernelDistanceSums part = new KernelDistanceSums(size);
                part.add(
                    mixedReal.value().range(from, from + size),
                    mixedOther.value().range(from, from + size));
                return part;
              })
          .collect()
          .forEach(sums::merge);
      return sums.result();
    } finally {
      mixedReal.destroy();
      mixedOther.destroy();
    }
  }

  private ManifoldMetrics manifolds(FeatureManifold real, FeatureManifold other) {
    Broadcast<FeatureManifold> allReal = context.broadcast(real);
    Broadcast<FeatureManifold> allOther = context.broadcast(other);
    try {
      ManifoldCounts counts = new ManifoldCounts(FeatureManifold.NEIGHBOURS);
      context
          .parallelize(starts(real.count()), starts(real.count()).size())
          .map(from -> counts(allReal.value(), allOther.value(), from))
          .collect()
          .forEach(counts::merge);
      return counts.result();
    } finally {
      allReal.destroy();
      allOther.destroy();
    }
  }

  private static ManifoldCounts counts(FeatureManifold real, FeatureManifold other, int from) {
    int to = Math.min(real.count(), from + ROWS_PER_TASK);
    ManifoldCounts counts = new ManifoldCounts(FeatureManifold.NEIGHBOURS);
    counts.addGenerated(real, other.rows().range(from, to));
    counts.addReal(other, real.range(from, to));
    return counts;
  }
}
