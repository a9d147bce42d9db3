package org.sparkgen.cli;

import java.util.Map;
import java.util.stream.Collectors;
import org.sparkgen.job.BenchResult;
import org.sparkgen.job.BenchRound;
import org.sparkgen.job.EvaluateResult;
import org.sparkgen.job.ExportResult;
import org.sparkgen.job.SampleResult;
import org.sparkgen.job.TableResult;
import org.sparkgen.job.TrainResult;
import org.sparkgen.job.TraverseResult;

/** What the command line says of results. */
final class Outcomes {
  private Outcomes() {}

  static Outcome of(TrainResult result) {
    String status =
        switch (result.ending()) {
          case COMPLETE -> "complete";
          case RESUMED -> "resumed-and-complete";
          case ALREADY_COMPLETE -> "already-complete";
        };
    String reason =
        "%d rounds, %s in %s, weights %s"
            .formatted(
                result.rounds(), losses(result.losses()), result.output(), result.weightsSha256());
    return new Outcome(status, reason, "");
  }

  static Outcome of(String made, SampleResult result) {
    String reason =
        "%d %s of round %d in %s, weights %s"
            .formatted(
                result.count(), made, result.round(), result.target(), result.weightsSha256());
    return new Outcome("complete", reason, "");
  }

  static Outcome of(TraverseResult result) {
    Outcome drawn = of("latent dimensions", result.drawn());
    return new Outcome(drawn.status(), drawn.reason(), result.text());
  }

  static Outcome of(ExportResult result) {
    String reason =
        "%s of round %d in %s, weights %s"
            .formatted(
                String.join(", ", result.files()),
                result.round(),
                result.target(),
                result.weightsSha256());
    return new Outcome("complete", reason, "");
  }

  static Outcome of(EvaluateResult result) {
    String reason =
        "evaluated round %d of %s, weights %s"
            .formatted(result.round(), result.output(), result.weightsSha256());
    return new Outcome("complete", reason, result.table());
  }

  static Outcome of(String done, TableResult result) {
    String reason =
        "%d examples %s by round %d into %s, %d rejected, weights %s"
            .formatted(
                result.accepted(),
                done,
                result.round(),
                result.target(),
                result.rejected(),
                result.weightsSha256());
    return new Outcome("complete", reason, result.text());
  }

  static Outcome of(BenchResult result) {
    String reason =
        "%s: %.0f images per second with %s"
            .formatted(
                result.workload(), result.median(BenchRound::imagesPerSecond), result.master());
    return new Outcome("complete", reason, BenchLines.of(result));
  }

  private static String losses(Map<String, Double> losses) {
    return losses.entrySet().stream()
        .map(e -> "%s %.4g".formatted(e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }
}
