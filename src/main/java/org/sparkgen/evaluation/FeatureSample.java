package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of a set of examples, mergeable: the moments of all, and the first rows themselves.
 * Merged in the same order, the result is the same to the bit.
 */
public final class FeatureSample implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int mostRows;
  private final ArrayList<FeatureRows> rows = new ArrayList<>();
  private FeatureMoments moments;
  private int kept;

  /**
   * Features of no examples.
   *
   * @param mostRows rows that are kept
   */
  public FeatureSample(int mostRows) {
    this.mostRows = mostRows;
  }

  /**
   * Adds examples.
   *
   * @param values features, packed (N, dimensions)
   * @param dimensions the same in every call
   */
  public void add(float[] values, int dimensions) {
    FeatureRows added = new FeatureRows(values, dimensions);
    moments = moments == null ? new FeatureMoments(dimensions) : moments;
    moments.add(added);
    keep(added);
  }

  /** Adds the examples of another part. */
  public void merge(FeatureSample other) {
    if (other.moments != null) {
      moments = moments == null ? new FeatureMoments(other.moments.dimensions()) : moments;
      moments.merge(other.moments);
      other.rows.forEach(this::keep);
    }
  }

  private void keep(FeatureRows added) {
    int room = Math.min(added.count(), mostRows - kept);
    if (room > 0) {
      rows.add(room == added.count() ? added : added.range(0, room));
      kept += room;
    }
  }

  /** Examples added. */
  public long count() {
    return moments == null ? 0 : moments.count();
  }

  /** Moments of all examples; there must be some. */
  public FeatureMoments moments() {
    return moments;
  }

  /** Rows kept. */
  public int keptRows() {
    return kept;
  }

  /** The first examples' rows; there must be so many. */
  public FeatureRows firstRows(int count) {
    List<FeatureRows> all = List.copyOf(rows);
    return FeatureRows.joined(all).range(0, count);
  }
}
