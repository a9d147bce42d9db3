package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sample grids over the rounds, as many as a page can bear. */
final class Evolution {
  private static final int MOST_PICTURES = 12;
  private static final long MOST_BYTES = 1_400_000;

  private Evolution() {}

  /**
   * The samples of a round as a page holds them.
   *
   * @param round rounds finished when they were drawn
   * @param picture the sample grid
   */
  record Shown(int round, PagePicture picture) {}

  /**
   * At most 12 pictures of at most 1.4 MB together, spread evenly over the rounds, the first and
   * the newest among them; what can't be read is left out.
   */
  static List<Shown> thin(List<GridPicture> all) {
    List<Shown> readable = new ArrayList<>();
    for (GridPicture grid : Thinning.evenly(all, MOST_PICTURES)) {
      Optional<PagePicture> picture = PagePicture.of(grid.picture());
      picture.ifPresent(p -> readable.add(new Shown(grid.round(), p)));
    }
    int count = readable.size();
    List<Shown> thinned = readable;
    while (bytes(thinned) > MOST_BYTES) {
      count--;
      thinned = Thinning.evenly(readable, count);
    }
    return thinned;
  }

  private static long bytes(List<Shown> pictures) {
    return pictures.stream().mapToLong(p -> p.picture().size()).sum();
  }
}
