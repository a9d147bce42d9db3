package org.sparkgen.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a step or an evaluation says: named means per example of one batch. */
public final class StepReport {
  /** A step that nobody asked to report. */
  public static final StepReport EMPTY = new StepReport(Map.of());

  private final TreeMap<String, Double> means;

  /** A report of means per example. */
  public StepReport(Map<String, Double> means) {
    this.means = new TreeMap<>(means);
  }

  /** Name to mean per example, in alphabetical order; not modifiable. */
  public Map<String, Double> means() {
    return Collections.unmodifiableMap(means);
  }
}
