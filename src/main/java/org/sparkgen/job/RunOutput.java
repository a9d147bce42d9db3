package org.sparkgen.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.RoundSelection;
import org.sparkgen.report.Artifact;
import org.sparkgen.report.ConsoleProgress;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunFacts;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.report.Versions;
import org.sparkgen.spark.StatsTimeline;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;
import org.sparkgen.training.RoundPlan;

/** Writes what a run leaves behind, round by round and at its end. */
final class RunOutput {
  private final RunFolder folder;
  private final RunConfig config;
  private final Storage storage;
  private final Checkpoints checkpoints;
  private final RunGallery gallery;
  private final RoundSelection selection;
  private final List<RunListener> others;
  private RunRecord record;
  private LastingFacts lasting;
  private TrainingData data;
  private TrainingProgress progress;
  private RunListener listeners = new RunListeners(List.of());

  /**
   * The output of a run.
   *
   * @param others who is told of it, besides those that the configuration names
   */
  RunOutput(
      RunFolder folder,
      Storage storage,
      RunConfig config,
      String configuration,
      List<RunListener> others) {
    this.folder = folder;
    this.config = config;
    this.storage = storage;
    this.others = others;
    this.checkpoints = folder.checkpoints(config.output().checkpoints().keep());
    this.selection = new RoundSelection(config.evaluation());
    this.gallery = new RunGallery(folder, storage, config, configuration, selection);
  }

  /**
   * Writes {@code run.json}, the rejects and the metrics so far, and logs what begins.
   *
   * @throws JobException INPUT if the data are not those that the run was begun with
   */
  void begin(
      TrainingData trainingData,
      RoundPlan plan,
      TrainingProgress progressSoFar,
      Optional<FeatureFacts> features,
      Map<String, String> cluster) {
    data = trainingData;
    progress = progressSoFar;
    gallery.compareIn(features);
    lasting = new LastingFacts(config, data, features);
    lasting.requireSameAs(progress);
    storage.delete(folder.uri("result.json"));
    Map<String, String> flat = ConfigText.flat(config);
    record =
        new RunRecord(
            config.run().name(),
            flat.get("model.family"),
            config.run().seed(),
            plan.rounds(),
            PastRun.startedBefore(folder).orElseGet(Instant::now),
            ConfigText.render(config),
            flat,
            Versions.collect(cluster),
            data.summary());
    folder.record(record.json());
    folder.checkOwner();
    data.training().writeRejects(folder.uri("rejects"));
    gallery.begin(data, progress.rounds());
    if (progress.rounds() > 0) {
      // The driver before may have died between its last checkpoint and the metrics.
      progress.remember(PastRun.metricsIn(folder, storage));
      folder.commit("metrics.jsonl", progress.historyLines());
    }
    listeners = new RunListeners(listeners(plan.rounds()));
    listeners.begun(record, progress.history());
  }

  /** Those who are told of the run, in this order. */
  private List<RunListener> listeners(int rounds) {
    List<RunListener> all = new ArrayList<>();
    all.add(ConsoleProgress.ofRounds(rounds));
    all.add(new RunPage(folder, gallery, progress));
    if (config.output().events()) {
      all.add(new RunEvents(folder, storage, gallery::grid, gallery::finalPictures));
    }
    config
        .output()
        .mlflow()
        .map(mlflow -> RunTracking.of(mlflow, folder, storage, gallery::files, System::getenv))
        .ifPresent(all::add);
    all.addAll(others);
    return all;
  }

  /** Whether training is to end here although rounds are left. */
  boolean stopped() {
    return selection.stop(progress.history()).isPresent();
  }

  /** Commits a round: sample grid, checkpoint, metrics, each where it is due; and tells of it. */
  void roundEnded(RoundClock clock) {
    boolean last = progress.rounds() == record.rounds() || stopped();
    // The grid first: a round that has a checkpoint is not run again, and would stay without one.
    if (!last && due(config.output().gridEvery(), progress.rounds())) {
      clock.time("samples", () -> gallery.drawRound(progress));
    }
    if (last
        || best().contains(progress.rounds())
        || due(config.output().checkpoints().every(), progress.rounds())) {
      clock.time("checkpoint", () -> checkpoint(clock));
    }
    progress.complete(clock.lap());
    clock.time("metrics", () -> folder.commit("metrics.jsonl", progress.historyLines()));
    clock.time("report", () -> listeners.roundEnded(progress.last()));
  }

  private static boolean due(int every, int round) {
    return every > 0 && round % every == 0;
  }

  private void checkpoint(RoundClock clock) {
    Map<String, String> facts = new TreeMap<>(lasting.values());
    facts.put("seed", Long.toString(config.run().seed()));
    checkpoints.publish(
        progress.checkpoint(facts, data.training()),
        (phase, work) -> clock.time("checkpoint." + phase, work));
    clock.time("checkpoint.prune", () -> checkpoints.prune(best()));
  }

  /** The best round so far, if rounds are compared. */
  private Set<Integer> best() {
    return selection.best(progress.history()).map(b -> Set.of(b.round())).orElse(Set.of());
  }

  /** The weights that the run leaves behind: those of the best round. */
  private Snapshot published() {
    int last = progress.rounds();
    int best = selection.best(progress.history()).map(BestRound::round).orElse(last);
    return best == last
        ? progress.state().published()
        : TrainingState.restored(
                checkpoints.verified(best).orElseThrow(() -> bestIsLost(best)).snapshot())
            .published();
  }

  private JobException bestIsLost(int round) {
    return new JobException(
        ExitCode.STORAGE,
        "%s: the checkpoint of round %d, the best one, is missing or damaged: its weights can't be published. Restore it, or train again with another output.path."
            .formatted(folder.uri(), round));
  }

  /** Writes everything that a finished run has, {@code _SUCCESS} last. */
  TrainResult finish(StatsTimeline timeline, FinalStage stage) {
    Snapshot published = published();
    List<Artifact> artifacts =
        new ArrayList<>(stage.write(folder, published, record, data.training()));
    gallery.drawFinal(progress, published, data);
    folder.commit("timeline/spark.html", timeline.html());
    folder.commit("timeline/spark.csv", timeline.csv());
    listeners.ended(RunEnding.finished(artifacts));
    folder.commit(
        "result.json", result(RunStatus.FINISHED, ExitCode.OK, Optional.empty(), artifacts));
    RoundMetrics last = progress.last();
    folder.complete(
        Map.of(
            "status", RunStatus.FINISHED.word(),
            "rounds", Integer.toString(last.round()),
            "weightsSha256", last.weightsSha256()));
    return new TrainResult(
        progress.resumes() > 0 ? TrainResult.Ending.RESUMED : TrainResult.Ending.COMPLETE,
        folder.uri(),
        last.round(),
        last.losses(),
        last.weightsSha256());
  }

  /** Leaves word of a failure and the folder; what the rounds have committed stays. */
  void failed(Throwable failure) {
    ExitCode code = failure instanceof JobException job ? job.exitCode() : ExitCode.INTERNAL;
    String reason = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    try {
      listeners.ended(RunEnding.failed(reason));
      folder.commit("result.json", result(RunStatus.FAILED, code, Optional.of(reason), List.of()));
      // Whoever told this process to end may have started another, whose lease it would take away.
      if (code != ExitCode.TERMINATED) {
        folder.abandon();
      }
    } catch (RuntimeException whileReporting) {
      failure.addSuppressed(whileReporting);
    }
  }

  private String result(
      RunStatus status, ExitCode code, Optional<String> reason, List<Artifact> artifacts) {
    if (progress == null) {
      return new ResultRecord(
              status,
              code.code(),
              reason,
              0,
              Duration.ZERO,
              Optional.empty(),
              RunFacts.none(),
              artifacts)
          .json();
    }
    Optional<String> weights =
        progress.rounds() == 0 ? Optional.empty() : Optional.of(progress.last().weightsSha256());
    return new ResultRecord(
            status,
            code.code(),
            reason,
            progress.rounds(),
            progress.elapsed(),
            weights,
            gallery.facts(progress),
            artifacts)
        .json();
  }
}
