package org.sparkgen.report;

import java.util.List;

/** The sample grids over the rounds, as many as a page can bear. */
final class Evolution {
  private static final int MOST_PICTURES = 12;
  private static final long MOST_BYTES = 2_000_000;

  private Evolution() {}

  /**
   * At most 12 pictures of at most 2 MB together, spread evenly over the rounds. The newest is
   * among them unless it alone is too large.
   */
  static List<GridPicture> thin(List<GridPicture> all) {
    int count = Math.min(MOST_PICTURES, all.size());
    List<GridPicture> thinned = Thinning.evenly(all, count);
    while (count > 0 && bytes(thinned) > MOST_BYTES) {
      count--;
      thinned = count == 0 ? List.of() : Thinning.evenly(all, count);
    }
    return thinned;
  }

  private static long bytes(List<GridPicture> pictures) {
    return pictures.stream().mapToLong(p -> p.picture().bytes().length).sum();
  }
}
