package org.sparkgen.evaluation;

import java.io.Serializable;
import org.sparkgen.config.JobException;

/**
 * Importance-sampled log p(x) summed over examples; merging is adding. Merged in the same order,
 * the result is the same to the bit.
 */
public final class LogLikelihoodSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RunningMean mean = new RunningMean();
  private long samples;

  /**
   * Adds a batch whose samples are complete.
   *
   * @throws IllegalArgumentException if it has another number of samples than earlier batches
   */
  public void add(LogMeanExponential batch) {
    requireSamples(batch.samples());
    for (double value : batch.values()) {
      mean.add(value);
    }
  }

  /** Adds the examples of another part, of as many importance samples. */
  public void merge(LogLikelihoodSums other) {
    if (other.examples() > 0) {
      requireSamples(other.samples);
      mean.merge(other.mean);
    }
  }

  private void requireSamples(long found) {
    if (samples != 0) {
      Checks.same("importance samples per example", samples, found);
    }
    samples = found;
  }

  /** Examples added so far. */
  public long examples() {
    return mean.count();
  }

  /**
   * The mean over all examples.
   *
   * @throws JobException if nothing was added
   */
  public LogLikelihood result() {
    Checks.atLeast(1, examples(), "log p(x)", "examples");
    return new LogLikelihood(mean.mean(), mean.standardError(), examples(), samples);
  }
}
