package org.sparkgen.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.report.DataSummary;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.report.Versions;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** Runs of which listeners are told, without any training. */
final class ToldRuns {
  static final String OUTPUT = "memory://store/run";
  static final Instant BEGUN = Instant.parse("2026-03-01T09:30:00Z");

  private ToldRuns() {}

  static RunFolder folder(Storage storage) {
    return RunFolder.open(
        storage, OUTPUT, "run.seed = 42", Map.of("run.seed", "42"), OverwritePolicy.REFUSE);
  }

  /** A record with that many parameters beside those of the output. */
  static RunRecord record(int rounds, int parameters) {
    Map<String, String> configuration = new LinkedHashMap<>();
    for (int i = 0; i < parameters; i++) {
      configuration.put("model.key" + i, "value " + i);
    }
    configuration.put("output.path", OUTPUT);
    configuration.put("output.events", "true");
    configuration.put("output.mlflow.uri", "http://host");
    DataSummary data =
        new DataSummary("images", "1 x 8 x 8", 100, 0, List.of(100L), 0, List.of(), "f00d");
    return new RunRecord(
        "told",
        "vae",
        42,
        rounds,
        BEGUN,
        "",
        configuration,
        new Versions(Map.of("sparkgen", "1.2.3")),
        data);
  }

  /** Rounds {@code first} to {@code last}, each of one second and 100 images. */
  static List<RoundMetrics> rounds(int first, int last) {
    List<RoundMetrics> rounds = new ArrayList<>();
    for (int round = first; round <= last; round++) {
      rounds.add(
          new RoundMetrics(
              round,
              round,
              100,
              Map.of("kl", 1.0 / round, "heldOut.loss", 2.0 / round),
              200,
              Map.of("round", 1.0),
              "digest-" + round));
    }
    return rounds;
  }

  /** Tells a listener of a run's rounds, of which some are finished. */
  static void tell(RunListener listener, int finished, int rounds) {
    listener.begun(record(rounds, 3), rounds(1, finished));
    rounds(finished + 1, rounds).forEach(listener::roundEnded);
  }
}
