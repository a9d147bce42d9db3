package org.sparkgen.training;

import org.sparkgen.config.AveragingPeriod;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * Which batches each round covers. Rounds never cross the end of an epoch; within one, round {@code
 * i} covers the batches from {@code i * H} on, of every shard that has so many.
 *
 * @param epochs passes over the data
 * @param batchesPerEpoch batches of the largest shard, at least 1
 * @param batchesPerRound batches per shard and round, 1 to {@code batchesPerEpoch}
 */
public record RoundPlan(int epochs, int batchesPerEpoch, int batchesPerRound) {
  /** Checks the numbers. */
  public RoundPlan {
    if (epochs < 1
        || batchesPerRound < 1
        || batchesPerRound > batchesPerEpoch
        || (long) epochs * ceilDiv(batchesPerEpoch, batchesPerRound) > Integer.MAX_VALUE) {
      throw new JobException(
          ExitCode.USAGE,
          "can't plan %d epochs of %d batches with rounds of %d batches"
                  .formatted(epochs, batchesPerEpoch, batchesPerRound)
              + ": want at least one of each, and fewer than 2^31 rounds");
    }
  }

  /**
   * The plan for given shards.
   *
   * @param epochs passes over the data
   * @param period length of a round; one longer than an epoch means an epoch
   * @param batchSize examples per batch; the last batch of a shard may be smaller
   * @param examplesPerShard number of examples of each shard, zeros allowed
   * @throws JobException with code 3 if no shard has an example
   */
  public static RoundPlan of(
      int epochs, AveragingPeriod period, int batchSize, long[] examplesPerShard) {
    long batches = 0;
    for (long examples : examplesPerShard) {
      batches = Math.max(batches, (examples + batchSize - 1) / batchSize);
    }
    if (batches == 0) {
      throw new JobException(
          ExitCode.INPUT,
          "none of the %d shards has an example to train on".formatted(examplesPerShard.length));
    }
    int longest = Math.toIntExact(batches);
    int perRound = period.wholeEpoch() ? longest : Math.min(longest, period.batches());
    return new RoundPlan(epochs, longest, perRound);
  }

  /** Rounds in every epoch. */
  public int roundsPerEpoch() {
    return ceilDiv(batchesPerEpoch, batchesPerRound);
  }

  /** Rounds of the whole run. */
  public int rounds() {
    return epochs * roundsPerEpoch();
  }

  /**
   * The work of a round, addressed to shard 0.
   *
   * @param round number of the round, 0 to {@link #rounds()} - 1
   */
  public ShardTask task(int round) {
    if (round < 0 || round >= rounds()) {
      throw new IndexOutOfBoundsException("round " + round + " of " + rounds());
    }
    int firstBatch = round % roundsPerEpoch() * batchesPerRound;
    int batches = Math.min(batchesPerRound, batchesPerEpoch - firstBatch);
    return new ShardTask(round, round / roundsPerEpoch(), firstBatch, batches, 0);
  }

  /** The round that covers a batch of an epoch, both counted from 0. */
  public int roundOf(int epoch, int batch) {
    if (epoch < 0 || epoch >= epochs || batch < 0 || batch >= batchesPerEpoch) {
      throw new IndexOutOfBoundsException("epoch " + epoch + ", batch " + batch + " of " + this);
    }
    return epoch * roundsPerEpoch() + batch / batchesPerRound;
  }

  /** Whether an epoch ends with this round. */
  public boolean endsEpoch(int round) {
    return (round + 1) % roundsPerEpoch() == 0;
  }

  private static int ceilDiv(int dividend, int divisor) {
    return (int) (((long) dividend + divisor - 1) / divisor);
  }
}
