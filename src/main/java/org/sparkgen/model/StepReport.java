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

  /** A report of a bound of log p(x). */
  static StepReport ofBound(double loss, double reconstruction, double kl) {
    return new StepReport(
        Map.of(
            "loss",
            loss,
            "reconstruction",
            reconstruction,
            "kl",
            kl,
            "negativeElbo",
            reconstruction + kl));
  }

  /** Name to mean per example, in alphabetical order; not modifiable. */
  public Map<String, Double> means() {
    return Collections.unmodifiableMap(means);
  }
}
