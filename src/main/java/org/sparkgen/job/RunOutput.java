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
import org.sparkgen.report.RunFacts;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.report.Versions;
import org.sparkgen.spark.StatsTimeline;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;
import org.sparkgen.training.RoundPlan;

/** Writes what a run leaves behind, round by round and at its end. */
final class RunOutput {
  private static final String HELD_OUT_FINGERPRINT = "heldOutFingerprint";
  private static final String FEATURES = "featuresSha256";
  private static final long REPORT_INTERVAL_NANOS = 10_000_000_000L;

  /** A report that takes long is written less often: at most one part in so many of the time. */
  private static final long REPORT_SHARE = 200;

  private final RunFolder folder;
  private final RunConfig config;
  private final Storage storage;
  private final Checkpoints checkpoints;
  private final RunGallery gallery;
  private final RoundSelection selection;
  private RunRecord record;
  private Map<String, String> lasting;
  private TrainingData data;
  private TrainingProgress progress;
  private ConsoleProgress console;
  private long nextReport = System.nanoTime() + REPORT_INTERVAL_NANOS;

  RunOutput(RunFolder folder, Storage storage, RunConfig config, String configuration) {
    this.folder = folder;
    this.config = config;
    this.storage = storage;
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
    lasting = lasting(features);
    requireSame();
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
    console = ConsoleProgress.ofRounds(plan.rounds());
    console.started(record, progress.rounds());
  }

  /** What a run must find as it was when it goes on: else its rounds would not be comparable. */
  private Map<String, String> lasting(Optional<FeatureFacts> features) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(TrainingProgress.FINGERPRINT, data.training().fingerprint());
    data.heldOut().ifPresent(h -> facts.put(HELD_OUT_FINGERPRINT, h.fingerprint()));
    features.ifPresent(f -> facts.put(FEATURES, f.sha256()));
    return facts;
  }

  private void requireSame() {
    String data = "holds other examples than when this run was begun (fingerprint %s, now %s)";
    requireSame(TrainingProgress.FINGERPRINT, "data.path", config.data().path(), data);
    config
        .data()
        .heldOut()
        .ifPresent(h -> requireSame(HELD_OUT_FINGERPRINT, "data.heldOut.path", h.path(), data));
    config
        .evaluation()
        .features()
        .ifPresent(
            f ->
                requireSame(
                    FEATURES,
                    "evaluation.features.path",
                    f.path(),
                    "holds another network than when this run was begun (SHA-256 %s, now %s)"));
  }

  private void requireSame(String fact, String key, String path, String difference) {
    Optional<String> before = progress.fact(fact);
    Optional<String> now = Optional.ofNullable(lasting.get(fact));
    if (before.isPresent() && now.isPresent() && !before.equals(now)) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s %s: bring the old ones back to go on, or begin a new run with another output.path"
              .formatted(key, path, difference.formatted(before.get(), now.get())));
    }
  }

  /** Whether training is to end here although rounds are left. */
  boolean stopped() {
    return selection.stop(progress.history()).isPresent();
  }

  /** Commits a round: sample grid, checkpoint, metrics, report, each where it is due. */
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
    if (System.nanoTime() > nextReport) {
      clock.time("report", () -> report(RunStatus.RUNNING, Optional.empty(), List.of()));
    }
    console.finished(progress.last());
  }

  private static boolean due(int every, int round) {
    return every > 0 && round % every == 0;
  }

  private void checkpoint(RoundClock clock) {
    Map<String, String> facts = new TreeMap<>(lasting);
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
    gallery.drawFinal(progress, published);
    folder.commit("timeline/spark.html", timeline.html());
    folder.commit("timeline/spark.csv", timeline.csv());
    report(RunStatus.FINISHED, Optional.empty(), artifacts);
    folder.commit(
        "result.json", result(RunStatus.FINISHED, ExitCode.OK, Optional.empty(), artifacts));
    RoundMetrics last = progress.last();
    folder.complete(
        Map.of(
            "status", RunStatus.FINISHED.word(),
            "rounds", Integer.toString(last.round()),
            "weightsSha256", last.weightsSha256()));
    console.clear();
    return new TrainResult(
        progress.resumes() > 0 ? TrainResult.Ending.RESUMED : TrainResult.Ending.COMPLETE,
        folder.uri(),
        last.round(),
        last.losses(),
        last.weightsSha256());
  }

  /** Leaves word of a failure; what the rounds have committed stays. */
  void failed(Throwable failure) {
    ExitCode code = failure instanceof JobException job ? job.exitCode() : ExitCode.INTERNAL;
    Optional<String> reason =
        Optional.of(Optional.ofNullable(failure.getMessage()).orElse(failure.toString()));
    try {
      if (record != null) {
        console.clear();
        report(RunStatus.FAILED, reason, List.of());
      }
      folder.commit("result.json", result(RunStatus.FAILED, code, reason, List.of()));
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

  private void report(RunStatus status, Optional<String> reason, List<Artifact> artifacts) {
    long begin = System.nanoTime();
    folder.commit("report.html", gallery.page(record, progress, status, reason, artifacts));
    long end = System.nanoTime();
    nextReport = end + Math.max(REPORT_INTERVAL_NANOS, REPORT_SHARE * (end - begin));
  }
}
