package org.sparkgen.evaluation;

import java.io.Serializable;
import org.sparkgen.config.JobException;

/**
 * How often a classifier gives the class that was asked for; merging is adding counts. The expected
 * class is the label of a real example (accuracy) or the one that a sample was to show.
 */
public final class AgreementCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long equal;
  private long examples;

  /**
   * Adds examples.
   *
   * @param expected the class of each
   * @param predicted what the classifier says of each
   * @throws IllegalArgumentException for different lengths
   */
  public void add(int[] expected, int[] predicted) {
    Checks.same("predicted classes", expected.length, predicted.length);
    for (int i = 0; i < expected.length; i++) {
      equal += expected[i] == predicted[i] ? 1 : 0;
    }
    examples += expected.length;
  }

  /** Adds the examples of another part. */
  public void merge(AgreementCounts other) {
    equal += other.equal;
    examples += other.examples;
  }

  /** Examples added so far. */
  public long examples() {
    return examples;
  }

  /**
   * Agreement among all examples.
   *
   * @throws JobException if there are none
   */
  public ClassAgreement result() {
    return ClassAgreement.of(equal, examples);
  }
}
