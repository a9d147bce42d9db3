package org.sparkgen.training;

import org.sparkgen.config.ScheduleConfig;

/**
 * The share of the learning rate that a step is made with: a pure function of the step's place in
 * the run, the same for all shards.
 *
 * <p>Time is counted in epochs, and a batch is trained at the middle of its share of the epoch, so
 * that neither the first step of a warm-up nor the last of a descent is made with a rate of 0.
 */
public final class RateSchedule {
  private final ScheduleConfig config;
  private final int epochs;

  /**
   * A schedule.
   *
   * @param config its course
   * @param epochs of the whole run
   */
  public RateSchedule(ScheduleConfig config, int epochs) {
    this.config = config;
    this.epochs = epochs;
  }

  /**
   * The factor of a batch's step, 0 to 1.
   *
   * @param epoch number of the epoch, from 0
   * @param batch number of the batch in it, from 0
   * @param batchesPerEpoch of the largest shard
   */
  public double factor(int epoch, int batch, int batchesPerEpoch) {
    double time = epoch + (batch + 0.5) / batchesPerEpoch;
    return warmup(time) * course(time);
  }

  private double warmup(double time) {
    return time < config.warmupEpochs() ? time / config.warmupEpochs() : 1;
  }

  private double course(double time) {
    return switch (config.kind()) {
      case CONSTANT -> 1;
      case LINEAR -> 1 - (1 - config.end()) * passed(time);
      case COSINE -> 1 - (1 - config.end()) * (1 - Math.cos(Math.PI * passed(time))) / 2;
      case STEPS -> Math.pow(config.factor(), (double) milestones(time));
    };
  }

  /** The share of the time after the warm-up that has passed. */
  private double passed(double time) {
    double begin = config.warmupEpochs();
    return Math.max(0, time - begin) / (epochs - begin);
  }

  private long milestones(double time) {
    return config.milestones().stream().filter(milestone -> milestone <= time).count();
  }
}
