package org.sparkgen.evaluation;

import java.io.Serializable;
import org.sparkgen.config.JobException;

/**
 * How often a classifier gives the class that was asked for; merging is adding counts. The expected
 * class is the label of a real example (accuracy) or the one that a sample was to show.
 */
public final class AgreementCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final long[] counts;

  /** Counts of no examples. */
  public AgreementCounts(int classes) {
    this.classes = classes;
    this.counts = new long[Math.multiplyExact(classes, classes)];
  }

  /**
   * Adds examples.
   *
   * @param expected classes, from 0
   * @param predicted what the classifier says of each
   * @throws IllegalArgumentException for different lengths or a class that there is not
   */
  public void add(int[] expected, int[] predicted) {
    Checks.same("predicted classes", expected.length, predicted.length);
    for (int i = 0; i < expected.length; i++) {
      counts[cell(expected[i], predicted[i])]++;
    }
  }

  /** Adds the examples of another part, of as many classes. */
  public void merge(AgreementCounts other) {
    Checks.same("classes", classes, other.classes);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** Examples of class {@code expected} that were predicted to be {@code predicted}. */
  public long count(int expected, int predicted) {
    return counts[cell(expected, predicted)];
  }

  private int cell(int expected, int predicted) {
    return requireClass(expected) * classes + requireClass(predicted);
  }

  private int requireClass(int label) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "a class is from 0 to " + (classes - 1) + ", found " + label);
    }
    return label;
  }

  /** Examples of one expected class. */
  public long examples(int expected) {
    long sum = 0;
    for (int predicted = 0; predicted < classes; predicted++) {
      sum += count(expected, predicted);
    }
    return sum;
  }

  /**
   * Agreement among the examples of one expected class.
   *
   * @throws JobException if there are none
   */
  public ClassAgreement result(int expected) {
    return ClassAgreement.of(count(expected, expected), examples(expected));
  }

  /**
   * Agreement among all examples.
   *
   * @throws JobException if there are none
   */
  public ClassAgreement result() {
    long equal = 0;
    long examples = 0;
    for (int label = 0; label < classes; label++) {
      equal += count(label, label);
      examples += examples(label);
    }
    return ClassAgreement.of(equal, examples);
  }
}
