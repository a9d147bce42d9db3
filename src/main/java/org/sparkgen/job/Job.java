package org.sparkgen.job;

/**
 * One command: what it needs is given to its constructor, what it does is in {@link #run}.
 *
 * @param <R> what came of it
 */
@FunctionalInterface
public interface Job<R> {
  /**
   * Does the work.
   *
   * @throws org.sparkgen.config.JobException if it can't be done
   */
  R run();
}
