package org.sparkgen.evaluation;

import java.util.Arrays;

/** The smallest of the distances that each of some rows is offered, in ascending order. */
final class NearestDistances {
  private final int neighbours;
  private final double[] nearest;

  /**
   * No distances yet.
   *
   * @param neighbours k, how many are kept of each row, at least 1
   */
  NearestDistances(int rows, int neighbours) {
    if (neighbours < 1) {
      throw new IllegalArgumentException("neighbours are at least 1, found " + neighbours);
    }
    this.neighbours = neighbours;
    this.nearest = new double[rows * neighbours];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
  }

  /** Keeps a distance if it is among the smallest of its row. */
  void offer(int row, double distance) {
    int first = row * neighbours;
    int at = first + neighbours - 1;
    if (distance >= nearest[at]) {
      return;
    }
    while (at > first && nearest[at - 1] > distance) {
      nearest[at] = nearest[at - 1];
      at--;
    }
    nearest[at] = distance;
  }

  /** The k smallest of a row; infinite where there were fewer. */
  double[] of(int row) {
    return Arrays.copyOfRange(nearest, row * neighbours, (row + 1) * neighbours);
  }

  /** The k-th smallest of a row. */
  double last(int row) {
    return nearest[(row + 1) * neighbours - 1];
  }
}
