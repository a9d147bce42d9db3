package org.sparkgen.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Checkpoint;
import org.sparkgen.checkpoint.LatestCheckpoint;
import org.sparkgen.report.MetricsLog;
import org.sparkgen.spark.ExampleShards;
import org.sparkgen.training.RoundMetrics;

/**
 * How far a run has come: its state, its metrics so far, and how often it was started. All of it is
 * in every checkpoint, so that a resumed run knows its whole past.
 */
final class TrainingProgress {
  private static final String HISTORY = "history.jsonl";
  private static final String ELAPSED = "elapsedMillis";
  private static final String RESUMES = "resumes";
  static final String FINGERPRINT = "dataFingerprint";
  private static final String FALLBACKS = "checkpointFallbacks";

  private final List<RoundMetrics> history;
  private Duration elapsedBefore;
  private final long begun = System.nanoTime();
  private final int resumes;
  private final int fallbacks;
  private final Map<String, String> facts;
  private final StringBuilder lines = new StringBuilder();
  private int settledLines;
  private TrainingState state;

  private TrainingProgress(
      TrainingState state,
      List<RoundMetrics> history,
      Duration elapsedBefore,
      int resumes,
      int fallbacks,
      Map<String, String> facts) {
    this.state = state;
    this.history = new ArrayList<>(history);
    this.elapsedBefore = elapsedBefore;
    this.resumes = resumes;
    this.fallbacks = fallbacks;
    this.facts = Map.copyOf(facts);
  }

  /** Goes on from the newest checkpoint, or begins with fresh weights if there is none. */
  static TrainingProgress of(LatestCheckpoint latest, Supplier<Snapshot> fresh) {
    int skipped = latest.skipped().size();
    if (latest.checkpoint().isEmpty()) {
      return new TrainingProgress(
          TrainingState.of(fresh.get()), List.of(), Duration.ZERO, 0, skipped, Map.of());
    }
    Checkpoint checkpoint = latest.checkpoint().get();
    byte[] history = checkpoint.files().getOrDefault(HISTORY, new byte[0]);
    return new TrainingProgress(
        TrainingState.restored(checkpoint.snapshot()),
        MetricsLog.parse(new String(history, StandardCharsets.UTF_8)),
        Duration.ofMillis(number(checkpoint, ELAPSED)),
        1 + (int) number(checkpoint, RESUMES),
        skipped + (int) number(checkpoint, FALLBACKS),
        checkpoint.facts());
  }

  private static long number(Checkpoint checkpoint, String fact) {
    return Long.parseLong(checkpoint.facts().getOrDefault(fact, "0"));
  }

  /** What a checkpoint of this moment holds. */
  Checkpoint checkpoint(Map<String, String> facts, ExampleShards data) {
    RoundMetrics last = last();
    Map<String, String> all = new TreeMap<>(facts);
    all.put(ELAPSED, Long.toString(elapsed().toMillis()));
    all.put(RESUMES, Integer.toString(resumes));
    all.put(FINGERPRINT, data.fingerprint());
    all.put(FALLBACKS, Integer.toString(fallbacks));
    return new Checkpoint(
        last.round(),
        last.epoch(),
        state.stored(),
        Map.of(
            HISTORY,
            historyLines(),
            PreprocessingFile.NAME,
            PreprocessingFile.bytes(data.preprocessing())),
        all);
  }

  /** Takes over what a round has produced. */
  void advance(TrainingState newState, RoundMetrics metrics) {
    state = newState;
    history.add(metrics);
  }

  /** Adds timings to the last round's metrics. */
  void complete(Map<String, Double> seconds) {
    Map<String, Double> all = new TreeMap<>(last().seconds());
    all.putAll(seconds);
    history.set(history.size() - 1, last().withSeconds(all));
  }

  /**
   * Takes over from the metrics of an earlier start what the checkpoint could not know: the seconds
   * of its own writing and of all that came after.
   */
  void remember(List<RoundMetrics> earlier) {
    earlier.stream()
        .filter(e -> e.round() == last().round())
        .filter(e -> e.weightsSha256().equals(last().weightsSha256()))
        .forEach(e -> complete(e.seconds()));
  }

  /** Does something whose time is not this run's. */
  <T> T untimed(Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    elapsedBefore = elapsedBefore.minusNanos(System.nanoTime() - start);
    return result;
  }

  /** The metrics so far as {@code metrics.jsonl} has them. */
  byte[] historyLines() {
    // Old lines are not made again: a run may have many thousand rounds.
    int settled = Math.max(0, history.size() - 1);
    lines.append(MetricsLog.text(history.subList(settledLines, settled)));
    settledLines = settled;
    String last = MetricsLog.text(history.subList(settled, history.size()));
    return (lines + last).getBytes(StandardCharsets.UTF_8);
  }

  TrainingState state() {
    return state;
  }

  /** Rounds finished. */
  int rounds() {
    return history.size();
  }

  /** The newest round's metrics; there must be one. */
  RoundMetrics last() {
    return history.get(history.size() - 1);
  }

  List<RoundMetrics> history() {
    return List.copyOf(history);
  }

  /** What the checkpoint says of the run under a name; empty without a checkpoint. */
  Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Of the data that a checkpoint was trained on. */
  static Optional<String> fingerprintIn(Checkpoint checkpoint) {
    return Optional.ofNullable(checkpoint.facts().get(FINGERPRINT));
  }

  int resumes() {
    return resumes;
  }

  int fallbacks() {
    return fallbacks;
  }

  /** Working time over all starts. */
  Duration elapsed() {
    return elapsedBefore.plusNanos(System.nanoTime() - begun);
  }
}
