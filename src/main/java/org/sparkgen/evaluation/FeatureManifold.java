package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.sparkgen.config.JobException;

/**
 * Feature vectors, each with the ball around it that reaches its k-th nearest neighbour in its own
 * set; the vector itself does not count, one that is equal to it does. Together the balls are an
 * estimate of where the set's distribution lives.
 */
public final class FeatureManifold implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Neighbours by default: k of Naeem et al. 2020. */
  public static final int NEIGHBOURS = 5;

  private final FeatureRows rows;
  private final double[] squaredRadii;
  private final int neighbours;

  private FeatureManifold(FeatureRows rows, double[] squaredRadii, int neighbours) {
    this.rows = rows;
    this.squaredRadii = squaredRadii;
    this.neighbours = neighbours;
  }

  /**
   * The balls around the rows from {@code from} to before {@code to} of a set: what one task
   * computes.
   *
   * @param neighbours k, at least 1
   * @throws JobException if the set has no more than k rows
   */
  public static FeatureManifold block(FeatureRows set, int from, int to, int neighbours) {
    NearestDistances nearest = new NearestDistances(to - from, neighbours);
    Checks.atLeast(
        neighbours + 1L, set.count(), "the distance to neighbour " + neighbours, "feature vectors");
    RowProducts.squaredDistances(
        set,
        from,
        to,
        set,
        (row, first, distances, count) -> {
          for (int j = 0; j < count; j++) {
            if (first + j != row) {
              nearest.offer(row - from, distances[j]);
            }
          }
        });
    double[] radii = new double[to - from];
    Arrays.setAll(radii, nearest::last);
    return new FeatureManifold(set.range(from, to), radii, neighbours);
  }

  /** The balls of all parts, in their order; there is at least one part, all with the same k. */
  public static FeatureManifold joined(List<FeatureManifold> parts) {
    int neighbours = parts.get(0).neighbours;
    parts.forEach(part -> Checks.same("neighbours", neighbours, part.neighbours));
    return new FeatureManifold(
        FeatureRows.joined(parts.stream().map(FeatureManifold::rows).toList()),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.squaredRadii)).toArray(),
        neighbours);
  }

  /** The balls around the rows from {@code from} to before {@code to} of these. */
  public FeatureManifold range(int from, int to) {
    return new FeatureManifold(
        rows.range(from, to), Arrays.copyOfRange(squaredRadii, from, to), neighbours);
  }

  /** The centres. */
  public FeatureRows rows() {
    return rows;
  }

  /** Number of balls. */
  public int count() {
    return rows.count();
  }

  /** Which neighbour each ball reaches: k. */
  public int neighbours() {
    return neighbours;
  }

  /** The square of a ball's radius; the ball is closed, so that the neighbour is in it. */
  public double squaredRadius(int row) {
    return squaredRadii[row];
  }
}
