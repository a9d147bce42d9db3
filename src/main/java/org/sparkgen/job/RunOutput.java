package org.sparkgen.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.report.Artifact;
import org.sparkgen.report.ConsoleProgress;
import org.sparkgen.report.Diversity;
import org.sparkgen.report.GridPicture;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.MetricsLog;
import org.sparkgen.report.Pictures;
import org.sparkgen.report.ReportContent;
import org.sparkgen.report.ReportPictures;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunFacts;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunReport;
import org.sparkgen.report.RunStatus;
import org.sparkgen.report.RunSummary;
import org.sparkgen.report.Versions;
import org.sparkgen.spark.SparkEnvironment;
import org.sparkgen.spark.StatsTimeline;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;
import org.sparkgen.training.RoundPlan;

/** Writes what a run leaves behind, round by round and at its end. */
final class RunOutput {
  private static final long REPORT_INTERVAL_NANOS = 10_000_000_000L;
  private static final int SAMPLES_SHOWN = 64;

  private final RunFolder folder;
  private final RunConfig config;
  private final SparkEnvironment spark;
  private final ModelPictures pictures;
  private final Checkpoints checkpoints;
  private final RoundGrids grids;
  private RunRecord record;
  private ConsoleProgress console;
  private Optional<Pictures> real = Optional.empty();
  private TrainingData data;
  private ExampleBlock shown;
  private OptionalDouble diversity = OptionalDouble.empty();
  private ReportPictures lastPictures = ReportPictures.none();
  private long lastReport = System.nanoTime();

  RunOutput(
      RunFolder folder,
      Storage storage,
      RunConfig config,
      String configuration,
      SparkEnvironment spark) {
    this.folder = folder;
    this.config = config;
    this.spark = spark;
    this.pictures = new ModelPictures(config, configuration);
    this.checkpoints = folder.checkpoints(config.output().checkpoints().keep());
    this.grids = new RoundGrids(folder, storage);
  }

  /** Writes {@code run.json}, the rejects and the metrics so far, and logs what begins. */
  void begin(TrainingData trainingData, RoundPlan plan, TrainingProgress progress) {
    data = trainingData;
    Versions versions = Versions.collect(spark.facts());
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
            versions,
            data.summary());
    folder.record(record.json());
    folder.checkOwner();
    data.training().writeRejects(folder.uri("rejects"));
    shown = data.shown();
    real = data.pictures();
    grids.forgetAfter(progress.rounds());
    if (progress.rounds() > 0) {
      // The driver before may have died between its last checkpoint and the metrics.
      folder.commit("metrics.jsonl", MetricsLog.text(progress.history()));
    }
    console = ConsoleProgress.ofRounds(plan.rounds());
    console.started(record, progress.rounds());
  }

  /** Commits a round: sample grid, checkpoint, metrics, report, each where it is due. */
  void roundEnded(TrainingProgress progress) {
    RoundMetrics metrics = progress.history().get(progress.rounds() - 1);
    boolean last = progress.rounds() == record.rounds();
    Map<String, Double> seconds = new TreeMap<>(metrics.seconds());
    // The grid first: a round that has a checkpoint is not run again, and would stay without one.
    if (!last && due(config.output().gridEvery(), progress.rounds())) {
      timed("samples", seconds, () -> drawGrid(progress));
    }
    if (last || progress.rounds() % config.output().checkpoints().every() == 0) {
      timed("checkpoint", seconds, () -> checkpoint(progress));
    }
    RoundMetrics complete = metrics.withSeconds(seconds);
    progress.complete(complete);
    folder.commit("metrics.jsonl", MetricsLog.text(progress.history()));
    if (System.nanoTime() - lastReport > REPORT_INTERVAL_NANOS) {
      report(progress, RunStatus.RUNNING, Optional.empty(), List.of());
    }
    console.finished(complete);
  }

  private static boolean due(int every, int round) {
    return every > 0 && round % every == 0;
  }

  private void checkpoint(TrainingProgress progress) {
    checkpoints.publish(
        progress.checkpoint(
            Map.of("seed", Long.toString(config.run().seed())), data.training().scaling()));
    checkpoints.prune();
  }

  private void drawGrid(TrainingProgress progress) {
    samples(progress.snapshot())
        .ifPresent(p -> grids.write(progress.rounds(), ImageGrid.square(p)));
  }

  private Optional<Pictures> samples(Snapshot snapshot) {
    Optional<Pictures> samples =
        pictures.samples(snapshot, Math.min(SAMPLES_SHOWN, config.output().samples()));
    if (samples.isPresent() && samples.get().count() > 1 && real.isPresent()) {
      diversity = OptionalDouble.of(Diversity.ratio(samples.get(), real.get()));
    }
    return samples;
  }

  /** Writes everything that a finished run has, {@code _SUCCESS} last. */
  TrainResult finish(TrainingProgress progress, StatsTimeline timeline, FinalStage stage) {
    Snapshot snapshot = progress.snapshot();
    List<Artifact> artifacts =
        new ArrayList<>(stage.write(folder, snapshot, record, data.training()));
    drawGrid(progress);
    Optional<Pictures> samples = samples(snapshot);
    lastPictures =
        new ReportPictures(
            samples.map(ImageGrid::square),
            pictures.reconstructions(snapshot, shown),
            pictures.interpolations(snapshot, shown),
            List.of());
    lastPictures.samples().ifPresent(png -> folder.commit("samples/final.png", png.bytes()));
    lastPictures
        .reconstructions()
        .ifPresent(png -> folder.commit("reconstructions/final.png", png.bytes()));
    lastPictures
        .interpolations()
        .ifPresent(png -> folder.commit("interpolations/final.png", png.bytes()));
    folder.commit("timeline/spark.html", timeline.html());
    folder.commit("timeline/spark.csv", timeline.csv());
    report(progress, RunStatus.FINISHED, Optional.empty(), artifacts);
    folder.commit(
        "result.json", result(progress, RunStatus.FINISHED, ExitCode.OK, null, artifacts));
    RoundMetrics last = progress.history().get(progress.rounds() - 1);
    folder.complete(
        Map.of(
            "status", "finished",
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
  void failed(TrainingProgress progress, RuntimeException failure) {
    if (record == null) {
      return;
    }
    console.clear();
    ExitCode code = failure instanceof JobException job ? job.exitCode() : ExitCode.INTERNAL;
    String reason = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
    try {
      report(progress, RunStatus.FAILED, Optional.of(reason), List.of());
      folder.commit("result.json", result(progress, RunStatus.FAILED, code, reason, List.of()));
    } catch (RuntimeException whileReporting) {
      failure.addSuppressed(whileReporting);
    }
  }

  private String result(
      TrainingProgress progress,
      RunStatus status,
      ExitCode code,
      String reason,
      List<Artifact> artifacts) {
    List<RoundMetrics> history = progress.history();
    Optional<String> weights =
        history.isEmpty()
            ? Optional.empty()
            : Optional.of(history.get(history.size() - 1).weightsSha256());
    return new ResultRecord(
            status,
            code.code(),
            Optional.ofNullable(reason),
            history.size(),
            progress.elapsed(),
            weights,
            facts(progress),
            artifacts)
        .json();
  }

  private RunFacts facts(TrainingProgress progress) {
    return new RunFacts(diversity, progress.resumes(), progress.fallbacks());
  }

  private void report(
      TrainingProgress progress,
      RunStatus status,
      Optional<String> reason,
      List<Artifact> artifacts) {
    List<GridPicture> evolution = grids.evolution();
    Optional<org.sparkgen.report.Png> newest =
        lastPictures
            .samples()
            .or(
                () ->
                    evolution.isEmpty()
                        ? Optional.empty()
                        : Optional.of(evolution.get(evolution.size() - 1).picture()));
    RunSummary summary =
        new RunSummary(
            record.name(),
            record.family(),
            status,
            reason,
            record.seed(),
            record.rounds(),
            record.started(),
            progress.elapsed(),
            folder.uri());
    folder.commit(
        "report.html",
        RunReport.html(
            new ReportContent(
                summary,
                progress.history(),
                new ReportPictures(
                    newest,
                    lastPictures.reconstructions(),
                    lastPictures.interpolations(),
                    evolution),
                record.data(),
                facts(progress),
                record.configuration(),
                record.versions(),
                artifacts)));
    lastReport = System.nanoTime();
  }

  private static void timed(String phase, Map<String, Double> seconds, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    seconds.put(phase, (System.nanoTime() - begin) / 1e9);
  }
}
