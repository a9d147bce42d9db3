package org.sparkgen.report;

import java.util.List;
import java.util.Optional;
import org.sparkgen.evaluation.BestRound;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.Losses.Point;
import org.sparkgen.training.RoundMetrics;

/**
 * A run that is compared with another.
 *
 * @param path its output folder
 * @param record {@code run.json}
 * @param rounds {@code metrics.jsonl}
 * @param result {@code result.json}; empty while the run is not over
 * @param samples its final or newest sample grid
 * @param reconstructions those of the finished model
 */
public record ComparedRun(
    String path,
    RunRecord record,
    List<RoundMetrics> rounds,
    Optional<ResultRecord> result,
    Optional<Png> samples,
    Optional<Png> reconstructions) {
  /** Copies the list. */
  public ComparedRun {
    rounds = List.copyOf(rounds);
  }

  RunStatus status() {
    return result.map(ResultRecord::status).orElse(RunStatus.RUNNING);
  }

  List<Finding> findings() {
    return Health.findings(
        rounds,
        Optional.of(record.data()),
        result.map(ResultRecord::facts).orElse(RunFacts.none()));
  }

  String verdict() {
    return Health.verdict(status(), findings());
  }

  /** The round whose weights count: the published one, or the newest; 0 before the first. */
  int round() {
    int last = rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).round();
    return result.flatMap(r -> r.facts().best()).map(BestRound::round).orElse(last);
  }

  /** The network in whose features samples were compared, by the digest of its weights. */
  Optional<String> features() {
    return result.flatMap(r -> r.facts().features()).map(FeatureFacts::sha256);
  }

  /** The newest value of a metric up to the round that counts, held out if it is measured so. */
  Optional<Double> metric(String name) {
    return newest(MetricNames.HELD_OUT + name).or(() -> newest(name));
  }

  /** Whether a metric is measured on held-out examples. */
  boolean heldOut(String name) {
    return newest(MetricNames.HELD_OUT + name).isPresent();
  }

  private Optional<Double> newest(String name) {
    List<Point> until =
        Losses.series(rounds, name).stream().filter(p -> p.round() <= round()).toList();
    return until.isEmpty() ? Optional.empty() : Optional.of(until.get(until.size() - 1).value());
  }
}
