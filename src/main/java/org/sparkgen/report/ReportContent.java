package org.sparkgen.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkgen.training.RoundMetrics;

/**
 * Everything a report shows.
 *
 * @param run what the run is and how it stands
 * @param rounds metrics in ascending order of rounds; none before the first round has ended
 * @param pictures samples, reconstructions, interpolations
 * @param data what became of the inputs
 * @param facts what the metrics cannot tell
 * @param configuration every key with its value as text, secrets masked; the order is kept
 * @param versions what the run ran on
 * @param artifacts files that the run has left behind so far
 */
public record ReportContent(
    RunSummary run,
    List<RoundMetrics> rounds,
    ReportPictures pictures,
    DataSummary data,
    RunFacts facts,
    Map<String, String> configuration,
    Versions versions,
    List<Artifact> artifacts) {
  /** Copies lists and maps. */
  public ReportContent {
    rounds = List.copyOf(rounds);
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    artifacts = List.copyOf(artifacts);
  }
}
