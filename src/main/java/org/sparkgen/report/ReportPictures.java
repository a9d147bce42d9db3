package org.sparkgen.report;

import java.util.List;
import java.util.Optional;

/**
 * The pictures of a report; a family that can't make one leaves it out.
 *
 * @param samples the final (or newest) sample grid
 * @param reconstructions originals above reconstructions, from {@link ImageGrid#pairs}
 * @param interpolations one path through the latent space a row, from {@link ImageGrid#rows}
 * @param latentMap where encoded examples lie in the latent space
 * @param traversals one latent dimension a row
 * @param strip how the first samples came about, from {@link SampleStrip}
 * @param evolution sample grids over the rounds, in ascending order; thinned when shown
 */
public record ReportPictures(
    Optional<Png> samples,
    Optional<Png> reconstructions,
    Optional<Png> interpolations,
    Optional<LatentMap> latentMap,
    Optional<Traversals> traversals,
    Optional<LabelledGrid> strip,
    List<GridPicture> evolution) {
  /** Copies the list. */
  public ReportPictures {
    evolution = List.copyOf(evolution);
  }

  /** No pictures, as of a run over numeric rows that has not ended. */
  public static ReportPictures none() {
    return new ReportPictures(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
