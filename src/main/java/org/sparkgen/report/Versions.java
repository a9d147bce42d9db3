package org.sparkgen.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run ran on.
 *
 * @param facts name to value, in the order in which they are shown
 */
public record Versions(Map<String, String> facts) {
  /** Copies the map and keeps its order. */
  public Versions {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
