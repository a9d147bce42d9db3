package org.sparkgen.report;

import java.util.List;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param status finished or failed
 * @param reason why it failed; empty otherwise
 * @param artifacts the networks that it leaves behind, and their description
 */
public record RunEnding(RunStatus status, Optional<String> reason, List<Artifact> artifacts) {
  /** Copies the list. */
  public RunEnding {
    artifacts = List.copyOf(artifacts);
  }

  /** The end of a run that has all it should. */
  public static RunEnding finished(List<Artifact> artifacts) {
    return new RunEnding(RunStatus.FINISHED, Optional.empty(), artifacts);
  }

  /** The end of a run that went wrong. */
  public static RunEnding failed(String reason) {
    return new RunEnding(RunStatus.FAILED, Optional.of(reason), List.of());
  }
}
