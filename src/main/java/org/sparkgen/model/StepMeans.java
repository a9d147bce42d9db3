package org.sparkgen.model;

import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.sparkgen.model.Trainable.Reporting;

/** Collects the means of a step; computes none that nobody asked for. */
final class StepMeans {
  private final Reporting reporting;
  private final TreeMap<String, Double> means = new TreeMap<>();

  StepMeans(Reporting reporting) {
    this.reporting = reporting;
  }

  /** Adds the mean of a function over a batch to what is noted under a name. */
  void add(String name, Logits logits, DoubleUnaryOperator function) {
    if (reporting == Reporting.LOSSES) {
      means.merge(name, logits.mean(function), Double::sum);
    }
  }

  /** Notes a mean that costs time. */
  void add(String name, DoubleSupplier mean) {
    if (reporting == Reporting.LOSSES) {
      means.put(name, mean.getAsDouble());
    }
  }

  /** What was asked for. */
  StepReport report() {
    return reporting == Reporting.LOSSES ? new StepReport(means) : StepReport.EMPTY;
  }
}
