package org.sparkgen.training;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.NonFinite;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.Batch;
import org.sparkgen.data.BatchAssembler;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.model.StepReport;
import org.sparkgen.model.Trainable;
import org.sparkgen.model.Trainable.Reporting;
import org.sparkgen.nn.StepWorkspace;

/** Trains the model of a configuration on one shard. */
public final class LocalTrainer implements ShardTrainer {
  private static final long serialVersionUID = 1L;

  /** Losses are measured on one of so many batches; they cost time that learning does not need. */
  private static final int REPORT_EVERY = 10;

  private final String configuration;

  /**
   * A trainer.
   *
   * @param configuration the effective configuration as text, since records don't travel
   */
  public LocalTrainer(String configuration) {
    this.configuration = configuration;
  }

  @Override
  public ShardResult train(Snapshot start, List<ExampleBlock> shard, ShardTask task) {
    long begin = System.nanoTime();
    RunConfig config = RunModels.parse(configuration);
    BatchAssembler batches = RunBatches.forTraining(config, shard, task.epoch(), task.shard());
    int last = Math.min(batches.batchCount(), task.firstBatch() + task.batches());
    if (task.firstBatch() >= last) {
      return new ShardResult(start, new ShardReport(task.shard(), 0, Map.of(), Map.of(), null));
    }
    long seed = config.run().seed();
    return RunModels.borrow(
        configuration,
        model -> {
          Progress progress = new Progress(model, batches);
          progress.add("prepare", System.nanoTime() - begin);
          progress.timed("load", () -> ModelState.load(start, model));
          model.startRound(
              task.epoch(), task.firstBatch(), Seeds.noise(seed, task.round(), task.shard()));
          RateSchedule schedule =
              new RateSchedule(
                  config.training().optimizer().schedule(), config.training().epochs());
          for (int i = task.firstBatch(); i < last && progress.finite(); i++) {
            progress.scaleRate(schedule.factor(task.epoch(), i, task.batchesPerEpoch()));
            progress.step(i, (i - task.firstBatch()) % REPORT_EVERY == 0);
          }
          return progress.result(task.shard());
        });
  }

  /** The state of one shard's round. */
  private static final class Progress {
    private final Trainable model;
    private final BatchAssembler batches;
    private final TreeMap<String, Double> sums = new TreeMap<>();
    private final TreeMap<String, Long> measured = new TreeMap<>();
    private final TreeMap<String, Double> seconds = new TreeMap<>();
    private long examples;
    private String nonFinite;

    Progress(Trainable model, BatchAssembler batches) {
      this.model = model;
      this.batches = batches;
    }

    boolean finite() {
      return nonFinite == null;
    }

    void scaleRate(double factor) {
      model.nets().values().forEach(net -> net.scaleRate(factor));
    }

    void step(int number, boolean measure) {
      long begin = System.nanoTime();
      Batch batch = batches.batch(number);
      long fed = System.nanoTime();
      Reporting reporting = measure ? Reporting.LOSSES : Reporting.NONE;
      StepReport report = StepWorkspace.compute(() -> model.step(batch, reporting));
      add("feed", fed - begin);
      add("step", System.nanoTime() - fed);
      examples += batch.size();
      report.means().forEach((name, mean) -> account(name, mean, batch.size(), number));
    }

    private void account(String name, double mean, int count, int batch) {
      if (!Double.isFinite(mean) && nonFinite == null) {
        nonFinite = "loss '%s' is %s in batch %d".formatted(name, mean, batch);
      }
      sums.merge(name, mean * count, Double::sum);
      measured.merge(name, (long) count, Long::sum);
    }

    ShardResult result(int shard) {
      Snapshot[] end = new Snapshot[1];
      timed("save", () -> end[0] = ModelState.snapshot(model));
      if (nonFinite == null) {
        nonFinite = NonFinite.find(end[0]).orElse(null);
      }
      TreeMap<String, Double> means = new TreeMap<>();
      sums.forEach((name, sum) -> means.put(name, sum / measured.get(name)));
      return new ShardResult(end[0], new ShardReport(shard, examples, means, seconds, nonFinite));
    }

    void timed(String phase, Runnable work) {
      long begin = System.nanoTime();
      work.run();
      add(phase, System.nanoTime() - begin);
    }

    private void add(String phase, long nanoseconds) {
      seconds.merge(phase, nanoseconds / 1e9, Double::sum);
    }
  }
}
