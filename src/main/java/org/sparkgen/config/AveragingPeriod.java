package org.sparkgen.config;

/**
 * Length of a round.
 *
 * @param batches batches per shard and round; 0 means a whole epoch
 */
public record AveragingPeriod(int batches) {
  /** One round an epoch. */
  public static final AveragingPeriod EPOCH = new AveragingPeriod(0);

  /**
   * Reads {@code epoch} or a positive number of batches.
   *
   * @throws IllegalArgumentException naming the rule
   */
  public static AveragingPeriod parse(String text) {
    if (text.equals("epoch")) {
      return EPOCH;
    }
    if (text.matches("[1-9][0-9]{0,8}")) {
      return new AveragingPeriod(Integer.parseInt(text));
    }
    throw new IllegalArgumentException("must be 'epoch' or a positive number of batches");
  }

  /** Whether a round is an epoch. */
  public boolean wholeEpoch() {
    return batches == 0;
  }

  @Override
  public String toString() {
    return wholeEpoch() ? "epoch" : Integer.toString(batches);
  }
}
