package org.sparkgen.training;

import java.util.List;
import org.sparkgen.config.AveragingConfig;
import org.sparkgen.config.AveragingPeriod;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.TrainingConfig;

/**
 * Which batches each round covers. Rounds never cross the end of an epoch; within one, they cover
 * its batches one after the other, of every shard that has so many.
 *
 * @param batchesPerEpoch batches of the largest shard, at least 1
 * @param stretches epochs with rounds of one length, in order; at least one epoch in all
 */
public record RoundPlan(int batchesPerEpoch, List<Stretch> stretches) {
  /**
   * Epochs with rounds of one length.
   *
   * @param epochs how many, at least 0
   * @param batchesPerRound batches per shard and round, at least 1; the last round of an epoch may
   *     be shorter
   */
  public record Stretch(int epochs, int batchesPerRound) {
    long rounds(int batchesPerEpoch) {
      return (long) epochs * roundsPerEpoch(batchesPerEpoch);
    }

    int roundsPerEpoch(int batchesPerEpoch) {
      return (int) (((long) batchesPerEpoch + batchesPerRound - 1) / batchesPerRound);
    }
  }

  /** Checks the numbers. */
  public RoundPlan {
    stretches = List.copyOf(stretches);
    boolean sound = batchesPerEpoch > 0;
    long rounds = 0;
    for (Stretch stretch : stretches) {
      sound &= stretch.epochs() >= 0 && stretch.batchesPerRound() > 0;
      rounds += sound ? stretch.rounds(batchesPerEpoch) : 0;
    }
    if (!sound || rounds < 1 || rounds > Integer.MAX_VALUE) {
      throw new JobException(
          ExitCode.USAGE,
          "can't plan epochs of %d batches as %s: want at least one batch, epoch and batch a round,"
                  .formatted(batchesPerEpoch, stretches)
              + " and fewer than 2^31 rounds");
    }
  }

  /**
   * The plan for given shards.
   *
   * @param training epochs, examples per batch and lengths of rounds; a round that is longer than
   *     an epoch means an epoch
   * @param examplesPerShard number of examples of each shard, zeros allowed
   * @throws JobException with code 3 if no shard has an example
   */
  public static RoundPlan of(TrainingConfig training, long[] examplesPerShard) {
    long size = training.batchSize();
    long batches = 0;
    for (long examples : examplesPerShard) {
      batches = Math.max(batches, (examples + size - 1) / size);
    }
    if (batches == 0) {
      throw new JobException(
          ExitCode.INPUT,
          "none of the %d shards has an example to train on".formatted(examplesPerShard.length));
    }
    int longest = Math.toIntExact(batches);
    AveragingConfig averaging = training.averaging();
    AveragingPeriod every = averaging.every();
    int warmup = Math.min(averaging.warmupEpochs(), training.epochs());
    return new RoundPlan(
        longest,
        List.of(
            new Stretch(warmup, Math.min(longest, averaging.warmupEvery())),
            new Stretch(
                training.epochs() - warmup,
                every.wholeEpoch() ? longest : Math.min(longest, every.batches()))));
  }

  /** Rounds of the whole run. */
  public int rounds() {
    return (int) stretches.stream().mapToLong(each -> each.rounds(batchesPerEpoch)).sum();
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
    int left = round;
    int epochs = 0;
    for (Stretch stretch : stretches) {
      long rounds = stretch.rounds(batchesPerEpoch);
      if (left < rounds) {
        int perEpoch = stretch.roundsPerEpoch(batchesPerEpoch);
        int firstBatch = left % perEpoch * stretch.batchesPerRound();
        int batches = Math.min(stretch.batchesPerRound(), batchesPerEpoch - firstBatch);
        return new ShardTask(
            round, epochs + left / perEpoch, firstBatch, batches, batchesPerEpoch, 0);
      }
      left -= (int) rounds;
      epochs += stretch.epochs();
    }
    throw new IllegalStateException("no stretch has round " + round);
  }
}
