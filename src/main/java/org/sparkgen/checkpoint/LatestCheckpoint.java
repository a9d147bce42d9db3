package org.sparkgen.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * Where a run can go on.
 *
 * @param checkpoint the newest one that proved complete and undamaged; empty if there is none
 * @param skipped one sentence for each newer one that could not be used, newest first
 */
public record LatestCheckpoint(Optional<Checkpoint> checkpoint, List<String> skipped) {
  /** Copies the list. */
  public LatestCheckpoint {
    skipped = List.copyOf(skipped);
  }
}
