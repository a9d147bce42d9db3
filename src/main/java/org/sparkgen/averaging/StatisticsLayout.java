package org.sparkgen.averaging;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Where a network's flat parameters hold running means and variances of batch normalisation.
 *
 * <p>They are observations, not weights, and a plain mean of variances is wrong as soon as the
 * means differ between shards; {@link PooledVariance} has the right sum. The values must be
 * variances themselves, not logarithms of standard deviations.
 *
 * <p>A final class rather than a record because it is sent through Spark. Not modifiable.
 */
public final class StatisticsLayout implements Serializable {
  /** The layout of a network without batch normalisation. */
  public static final StatisticsLayout NONE = new StatisticsLayout(new int[0]);

  private static final long serialVersionUID = 1L;
  private static final int FIELDS = 3;

  /** Triples of: first mean, first variance, length. */
  private final int[] ranges;

  private StatisticsLayout(int[] ranges) {
    this.ranges = ranges;
  }

  /**
   * This layout and one more pair of ranges.
   *
   * @param firstMean index of the first running mean in the flat parameters
   * @param firstVariance index of the first running variance
   * @param length features, at least 1
   * @throws IllegalArgumentException if the two ranges overlap or an index is negative
   */
  public StatisticsLayout with(int firstMean, int firstVariance, int length) {
    long distance = Math.abs((long) firstMean - firstVariance);
    if (firstMean < 0 || firstVariance < 0 || length < 1 || distance < length) {
      throw new IllegalArgumentException(
          "means from %d and variances from %d, %d each: want two ranges from 0 that don't overlap"
              .formatted(firstMean, firstVariance, length));
    }
    int[] longer = Arrays.copyOf(ranges, ranges.length + FIELDS);
    longer[ranges.length] = firstMean;
    longer[ranges.length + 1] = firstVariance;
    longer[ranges.length + 2] = length;
    return new StatisticsLayout(longer);
  }

  /** Features over all pairs: the number of means, and of variances. */
  public int features() {
    int sum = 0;
    for (int i = 0; i < ranges.length; i += FIELDS) {
      sum += ranges[i + 2];
    }
    return sum;
  }

  /** One more than the highest index used; 0 for {@link #NONE}. */
  int end() {
    int end = 0;
    for (int i = 0; i < ranges.length; i += FIELDS) {
      end = Math.max(end, Math.max(ranges[i], ranges[i + 1]) + ranges[i + 2]);
    }
    return end;
  }

  /** Copies the running means of {@code parameters} to {@code target} from {@code at} on. */
  void copyMeans(float[] parameters, float[] target, int at) {
    copyOut(parameters, 0, target, at);
  }

  /** Copies the running variances of {@code parameters} to {@code target} from {@code at} on. */
  void copyVariances(float[] parameters, float[] target, int at) {
    copyOut(parameters, 1, target, at);
  }

  /** Overwrites the running variances of {@code parameters} from {@code source}. */
  void replaceVariances(float[] source, int from, float[] parameters) {
    int next = from;
    for (int i = 0; i < ranges.length; i += FIELDS) {
      System.arraycopy(source, next, parameters, ranges[i + 1], ranges[i + 2]);
      next += ranges[i + 2];
    }
  }

  /** Overwrites the statistics of {@code target} with those of {@code source}. */
  void copy(float[] source, float[] target) {
    eachRange((at, length) -> System.arraycopy(source, at, target, at, length));
  }

  /** Overwrites the statistics of {@code parameters} with zeros. */
  void clear(float[] parameters) {
    eachRange((at, length) -> Arrays.fill(parameters, at, at + length, 0));
  }

  private void eachRange(RangeUse use) {
    for (int i = 0; i < ranges.length; i += FIELDS) {
      use.range(ranges[i], ranges[i + 2]);
      use.range(ranges[i + 1], ranges[i + 2]);
    }
  }

  /** What is done with a range of means, or of variances. */
  private interface RangeUse {
    void range(int at, int length);
  }

  private void copyOut(float[] parameters, int field, float[] target, int at) {
    int next = at;
    for (int i = 0; i < ranges.length; i += FIELDS) {
      System.arraycopy(parameters, ranges[i + field], target, next, ranges[i + 2]);
      next += ranges[i + 2];
    }
  }
}
