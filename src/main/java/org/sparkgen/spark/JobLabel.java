package org.sparkgen.spark;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Describes the Spark jobs that this thread starts, and puts back what was there when closed. The
 * job group is left alone: a caller may have set it in order to cancel.
 */
final class JobLabel implements AutoCloseable {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext context;
  private final String previous;

  /** Remembers the description in force. */
  JobLabel(JavaSparkContext context) {
    this.context = context;
    this.previous = context.getLocalProperty(DESCRIPTION);
  }

  /** Describes the jobs from now on. */
  void describe(String purpose) {
    context.setLocalProperty(DESCRIPTION, purpose);
  }

  @Override
  public void close() {
    context.setLocalProperty(DESCRIPTION, previous);
  }
}
