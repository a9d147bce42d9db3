package org.sparkgen.evaluation;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of losses over examples, from which their means are taken at the end; merging is adding, so
 * that any number of tasks can compute parts.
 *
 * <p>Sums are in double precision. Merged in the same order, the result is the same to the bit.
 */
public final class LossSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Double> sums = new TreeMap<>();
  private long examples;

  /**
   * Adds the means of a batch.
   *
   * @param means loss name to mean per example; the same names in every call
   * @param count examples in the batch
   */
  public void add(Map<String, Double> means, int count) {
    means.forEach((name, mean) -> sums.merge(name, mean * count, Double::sum));
    examples += count;
  }

  /** Adds another part. */
  public void merge(LossSums other) {
    other.sums.forEach((name, sum) -> sums.merge(name, sum, Double::sum));
    examples += other.examples;
  }

  /** Examples added so far. */
  public long examples() {
    return examples;
  }

  /** Loss name to mean per example; empty if nothing was added. */
  public Map<String, Double> means() {
    TreeMap<String, Double> means = new TreeMap<>();
    sums.forEach((name, sum) -> means.put(name, sum / examples));
    return means;
  }
}
