package org.sparkgen.evaluation;

import java.io.Serializable;
import org.sparkgen.config.JobException;

/**
 * Which vectors of two sets lie in which balls of the other set; merging is adding counts. A vector
 * on the edge of a ball is in it.
 *
 * <p>One task adds a block of generated vectors against all real balls, or a block of real balls
 * against all generated ones; every vector of both sets is added once.
 */
public final class ManifoldCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int neighbours;
  private long generated;
  private long generatedInside;
  private long ballsAroundGenerated;
  private long real;
  private long realInside;
  private long realCovered;

  /** Counts of nothing, for balls that reach the given neighbour. */
  public ManifoldCounts(int neighbours) {
    this.neighbours = neighbours;
  }

  /**
   * Adds generated vectors, for precision and density.
   *
   * @param allReal the balls around every real vector
   * @param block generated vectors that were not added before
   */
  public void addGenerated(FeatureManifold allReal, FeatureRows block) {
    Checks.same("neighbours", neighbours, allReal.neighbours());
    int[] balls = new int[block.count()];
    RowProducts.squaredDistances(
        block,
        0,
        block.count(),
        allReal.rows(),
        (row, first, distances, count) -> {
          for (int j = 0; j < count; j++) {
            balls[row] += distances[j] <= allReal.squaredRadius(first + j) ? 1 : 0;
          }
        });
    for (int around : balls) {
      generated++;
      generatedInside += around > 0 ? 1 : 0;
      ballsAroundGenerated += around;
    }
  }

  /**
   * Adds real vectors, for recall and coverage.
   *
   * @param allGenerated the balls around every generated vector
   * @param block real vectors that were not added before, with their balls
   */
  public void addReal(FeatureManifold allGenerated, FeatureManifold block) {
    Checks.same("neighbours", neighbours, allGenerated.neighbours());
    Checks.same("neighbours", neighbours, block.neighbours());
    boolean[] inside = new boolean[block.count()];
    boolean[] covered = new boolean[block.count()];
    RowProducts.squaredDistances(
        block.rows(),
        0,
        block.count(),
        allGenerated.rows(),
        (row, first, distances, count) -> {
          for (int j = 0; j < count; j++) {
            inside[row] |= distances[j] <= allGenerated.squaredRadius(first + j);
            covered[row] |= distances[j] <= block.squaredRadius(row);
          }
        });
    for (int i = 0; i < inside.length; i++) {
      real++;
      realInside += inside[i] ? 1 : 0;
      realCovered += covered[i] ? 1 : 0;
    }
  }

  /** Adds the vectors of another part, of balls that reach the same neighbour. */
  public void merge(ManifoldCounts other) {
    Checks.same("neighbours", neighbours, other.neighbours);
    generated += other.generated;
    generatedInside += other.generatedInside;
    ballsAroundGenerated += other.ballsAroundGenerated;
    real += other.real;
    realInside += other.realInside;
    realCovered += other.realCovered;
  }

  /**
   * The shares of all vectors.
   *
   * @throws JobException if no generated or no real vectors were added
   */
  public ManifoldMetrics result() {
    Checks.atLeast(1, generated, "precision", "generated feature vectors");
    Checks.atLeast(1, real, "recall", "real feature vectors");
    return new ManifoldMetrics(
        (double) generatedInside / generated,
        (double) realInside / real,
        (double) ballsAroundGenerated / ((double) neighbours * generated),
        (double) realCovered / real,
        real,
        generated,
        neighbours);
  }
}
