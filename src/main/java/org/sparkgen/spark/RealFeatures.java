package org.sparkgen.spark;

import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.evaluation.FeatureManifold;
import org.sparkgen.evaluation.FeatureSample;
import org.sparkgen.evaluation.SetComparison;

/**
 * The features of a run's real examples, which generated ones are compared with, and how far real
 * examples are from each other.
 */
final class RealFeatures {
  private final FeatureSample sample;
  private final FeatureManifold balls;
  private final Optional<SetComparison> floor;

  private RealFeatures(FeatureSample sample, FeatureManifold balls, Optional<SetComparison> floor) {
    this.sample = sample;
    this.balls = balls;
    this.floor = floor;
  }

  /**
   * Looks at the real examples.
   *
   * @param real that samples are compared with
   * @param others real examples too, at least as many as there will be samples, of which as many
   *     are compared
   * @param mostReal examples of {@code real} that are used at most
   * @param samples number of samples that will be compared
   */
  static RealFeatures of(
      ExampleShards real,
      Optional<ExampleShards> others,
      Broadcast<FeatureSource> network,
      String configuration,
      FeatureComparison comparison,
      int mostReal,
      int samples) {
    int rows = Math.min(samples, FeatureComparison.MOST_ROWS);
    FeatureSample sample = ExampleFeatures.of(real, network, configuration, mostReal, rows);
    FeatureManifold balls = comparison.manifold(sample.firstRows(sample.keptRows()));
    Optional<SetComparison> floor =
        others.map(
            o -> {
              FeatureSample other = ExampleFeatures.of(o, network, configuration, samples, rows);
              int shared = Math.min(balls.count(), other.keptRows());
              FeatureManifold own =
                  shared == balls.count() ? balls : comparison.manifold(sample.firstRows(shared));
              return comparison.compare(sample, own, other);
            });
    return new RealFeatures(sample, balls, floor);
  }

  FeatureSample sample() {
    return sample;
  }

  /** Around the first rows, as many as samples are compared with. */
  FeatureManifold balls() {
    return balls;
  }

  Optional<SetComparison> floor() {
    return floor;
  }
}
