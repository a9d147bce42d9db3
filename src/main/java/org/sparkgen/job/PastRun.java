package org.sparkgen.job;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.report.MetricsLog;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** What an output folder tells of its run, finished or not. */
final class PastRun {
  private final Storage storage;
  private final String uri;

  private PastRun(Storage storage, String uri) {
    this.storage = storage;
    this.uri = uri;
  }

  /**
   * The run of an output folder.
   *
   * @throws JobException INPUT if there is none
   */
  static PastRun of(Storage storage, String uri) {
    if (!storage.exists(Storage.resolve(uri, "run.json"))) {
      throw new JobException(
          ExitCode.INPUT,
          uri + " holds no run: there is no run.json; name the output.path of a training");
    }
    return new PastRun(storage, uri);
  }

  /** When the run in a folder was begun, if an earlier start got as far as to say so. */
  static Optional<Instant> startedBefore(RunFolder folder) {
    try {
      return Optional.of(RunRecord.parse(folder.recorded()).started());
    } catch (JobException e) {
      return Optional.empty(); // Only the configuration is recorded yet.
    }
  }

  /** The metrics that an earlier start has left in a folder; none if they can't be read. */
  static List<RoundMetrics> metricsIn(RunFolder folder, Storage storage) {
    try {
      return new PastRun(storage, folder.uri()).metrics();
    } catch (JobException e) {
      return List.of(); // They tell nothing that training needs.
    }
  }

  /** Whether the run has come to read its examples; before, only its configuration is known. */
  boolean isBegun() {
    return RunRecord.isBegun(recorded());
  }

  /**
   * What the run was begun with.
   *
   * @throws JobException INPUT if it was not begun
   */
  RunRecord record() {
    if (!isBegun()) {
      throw withoutCheckpoint();
    }
    return RunRecord.parse(recorded());
  }

  /** Why there is nothing to work with: the run failed too early, or has not come so far. */
  JobException withoutCheckpoint() {
    String reason =
        result()
            .filter(r -> r.status() == RunStatus.FAILED)
            .map(PastRun::failure)
            .orElse(" has no checkpoint yet: wait for its first round to end");
    return new JobException(ExitCode.INPUT, uri + reason);
  }

  private static String failure(ResultRecord result) {
    return " has no checkpoint: its run failed %s: %s"
        .formatted(
            result.rounds() == 0 ? "before its first round" : "after round " + result.rounds(),
            result.reason().orElse("no reason is recorded"));
  }

  RunConfig config() {
    return config(List.of());
  }

  /** The configuration with {@code key=value} overrides. */
  RunConfig config(List<String> overrides) {
    String text = RunRecord.configurationText(recorded());
    return ConfigParser.parse(text, uri + "/run.json", overrides);
  }

  private String recorded() {
    return storage.readText(Storage.resolve(uri, "run.json"));
  }

  List<RoundMetrics> metrics() {
    return text("metrics.jsonl").map(MetricsLog::parse).orElse(List.of());
  }

  Optional<ResultRecord> result() {
    return text("result.json").map(ResultRecord::parse);
  }

  /** The result of a finished training. */
  TrainResult trainResult() {
    List<RoundMetrics> metrics = metrics();
    RoundMetrics last = metrics.get(metrics.size() - 1);
    return new TrainResult(
        TrainResult.Ending.ALREADY_COMPLETE,
        uri,
        last.round(),
        last.losses(),
        last.weightsSha256());
  }

  private Optional<String> text(String name) {
    String file = Storage.resolve(uri, name);
    return storage.exists(file)
        ? Optional.of(new String(storage.readBytes(file), StandardCharsets.UTF_8))
        : Optional.empty();
  }
}
