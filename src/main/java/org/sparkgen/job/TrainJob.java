package org.sparkgen.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.checkpoint.Heartbeat;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.AveragingConfig.UpdaterState;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.config.Termination;
import org.sparkgen.model.Trainable;
import org.sparkgen.report.RunListener;
import org.sparkgen.spark.AveragingRound;
import org.sparkgen.spark.AveragingSettings;
import org.sparkgen.spark.ExampleOrigin;
import org.sparkgen.spark.RunMetricsSource;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.spark.StatsTimeline;
import org.sparkgen.storage.EndOfProcess;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.LocalTrainer;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.OuterStep;
import org.sparkgen.training.Round;
import org.sparkgen.training.RoundMetrics;
import org.sparkgen.training.RoundPlan;
import org.sparkgen.training.RoundResult;
import org.sparkgen.training.RunModels;
import org.sparkgen.training.ShardTask;

/** Trains a model, from wherever an earlier start has left it, and leaves its output behind. */
public final class TrainJob implements Job<TrainResult> {
  private final RunConfig config;
  private final String configuration;
  private final OverwritePolicy policy;
  private final Storage storage;
  private final List<RunListener> listeners;
  private final ExampleOrigin examples;

  /** A training of a configuration. */
  public TrainJob(RunConfig config, OverwritePolicy policy, Storage storage) {
    this(config, policy, storage, List.of());
  }

  /** A training that others follow, besides those that the configuration names. */
  public TrainJob(
      RunConfig config, OverwritePolicy policy, Storage storage, List<RunListener> listeners) {
    this(config, policy, storage, listeners, ExampleOrigin.files());
  }

  /** A training on examples from elsewhere. */
  TrainJob(
      RunConfig config,
      OverwritePolicy policy,
      Storage storage,
      List<RunListener> listeners,
      ExampleOrigin examples) {
    this.config = config;
    this.configuration = ConfigText.render(config);
    this.policy = policy;
    this.storage = storage;
    this.listeners = new ArrayList<>(listeners);
    this.listeners.add(0, new RunMetricsSource());
    this.examples = examples;
  }

  /**
   * Trains from the newest checkpoint, or from fresh weights, to the last round.
   *
   * @throws org.sparkgen.config.JobException INPUT, DIVERGED or STORAGE; the output then holds all
   *     committed rounds, and the same command goes on from there
   */
  @Override
  public TrainResult run() {
    if (config.evaluation().samples() > 0 && !Completion.isWhole(storage, config.output().path())) {
      new FeatureNets(storage, config).check();
    }
    RunFolder folder =
        RunFolder.open(
            storage, config.output().path(), configuration, ConfigText.flat(config), policy);
    if (folder.state() == RunFolder.State.COMPLETE) {
      return PastRun.of(storage, folder.uri()).trainResult();
    }
    RunOutput output = new RunOutput(folder, storage, config, configuration, listeners);
    try (EndOfProcess end = new EndOfProcess()) {
      end.delay();
      return recorded(folder, output);
    }
  }

  private TrainResult recorded(RunFolder folder, RunOutput output) {
    try (Heartbeat heartbeat = folder.heartbeat()) {
      heartbeat.start();
      requireReachableInput();
      return train(folder, output);
    } catch (RuntimeException | Error e) {
      output.failed(Termination.isUnderWay() ? Termination.explained(e) : e);
      throw e;
    }
  }

  /** Asks for the input once, before Spark's patient clients do; what is there is not looked at. */
  private void requireReachableInput() {
    if (examples.inFiles()) {
      storage.exists(config.data().path());
      config.data().heldOut().ifPresent(heldOut -> storage.exists(heldOut.path()));
    }
  }

  private TrainResult train(RunFolder folder, RunOutput output) {
    try (SparkEnvironment spark = SparkEnvironment.open("sparkgen " + config.run().name())) {
      return train(folder, spark, output);
    }
  }

  private TrainResult train(RunFolder folder, SparkEnvironment spark, RunOutput output) {
    Trainable model = RunModels.fresh(config);
    TrainingProgress progress =
        TrainingProgress.of(
            folder.checkpoints(config.output().checkpoints().keep()).latestVerified(),
            () -> ModelState.snapshot(model));
    try (TrainingData data = TrainingData.load(spark.session(), config, examples);
        RoundEvaluation evaluation =
            progress.untimed(
                () -> RoundEvaluation.open(config, configuration, storage, data, model))) {
      RoundPlan plan = RoundPlan.of(config.training(), data.training().counts());
      StatsTimeline timeline = new StatsTimeline();
      Round round =
          new AveragingRound(
              data.training().blocks(), new LocalTrainer(configuration), settings(model), timeline);
      OuterStep outer = new OuterStep(config.training().averaging(), ModelState.statistics(model));
      output.begin(data, plan, progress, evaluation.features(), spark.facts());
      evaluation.prepare();
      RoundClock clock = new RoundClock();
      while (progress.rounds() < plan.rounds() && !output.stopped()) {
        ShardTask task = plan.task(progress.rounds());
        RoundResult result = round.run(progress.state().plain(), task);
        TrainingState state =
            clock.time("outer", () -> outer.after(progress.state(), result, task));
        Map<String, Double> metrics =
            clock.time(
                "evaluate",
                () -> evaluation.after(state.published(), task.round() + 1, plan.rounds()));
        String weights = clock.time("digest", state.plain()::weightsSha256);
        progress.advance(state, metrics(result, metrics, task, weights));
        output.roundEnded(clock);
      }
      return output.finish(timeline, new FinalStage(config, configuration, spark));
    }
  }

  private AveragingSettings settings(Trainable model) {
    UpdaterRule rule =
        config.training().averaging().updaterState() == UpdaterState.AVERAGE
            ? UpdaterRule.AVERAGE
            : UpdaterRule.FRESH;
    return AveragingSettings.of(ModelState.statistics(model), rule);
  }

  private static RoundMetrics metrics(
      RoundResult result, Map<String, Double> heldOut, ShardTask task, String weightsSha256) {
    Map<String, Double> losses = new TreeMap<>(result.losses());
    losses.putAll(heldOut);
    double trainSeconds = result.seconds().getOrDefault("train", 0.0);
    return new RoundMetrics(
        task.round() + 1,
        task.epoch() + 1,
        result.examples(),
        losses,
        trainSeconds == 0 ? 0 : result.examples() / trainSeconds,
        result.allSeconds(),
        weightsSha256);
  }
}
