package org.sparkgen.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.sparkgen.training.RoundMetrics;

/**
 * Whether a run is any good, in plain words. Every method is a pure function of what it is given;
 * the thresholds are the constants of this class and of {@link LossHealth}.
 */
public final class Health {
  /** Below this diversity, samples are nearly identical: mode collapse. */
  public static final double COLLAPSED_DIVERSITY = 0.25;

  /** Below this diversity, samples vary clearly less than the data. */
  public static final double LOW_DIVERSITY = 0.6;

  /** A larger share of rejected inputs is worth a look. */
  public static final double FEW_REJECTS = 0.001;

  /** Throughput that fell below this share of its former median is dropping. */
  public static final double STEADY_THROUGHPUT = 0.8;

  private static final int ROUNDS_FOR_THROUGHPUT = 6;
  private static final int FEWEST_LATE_ROUNDS = 3;

  private Health() {}

  /**
   * All findings, the worst first.
   *
   * @param rounds metrics in ascending order of rounds
   * @param data what became of the inputs, if known
   * @param facts what the metrics cannot tell
   */
  public static List<Finding> findings(
      List<RoundMetrics> rounds, Optional<DataSummary> data, RunFacts facts) {
    List<Finding> findings = new ArrayList<>();
    LossHealth.finite(rounds).ifPresent(findings::add);
    LossHealth.trend(rounds).ifPresent(findings::add);
    LossHealth.heldOut(rounds).ifPresent(findings::add);
    LossHealth.posterior(rounds).ifPresent(findings::add);
    LossHealth.discriminator(rounds).ifPresent(findings::add);
    findings.addAll(MetricHealth.findings(rounds));
    facts.best().map(MetricHealth::best).ifPresent(findings::add);
    facts.stopped().map(reason -> new Finding(Severity.NOTE, reason)).ifPresent(findings::add);
    diversity(facts.diversity()).ifPresent(findings::add);
    data.flatMap(Health::rejects).ifPresent(findings::add);
    throughput(rounds).ifPresent(findings::add);
    resumes(facts.resumes()).ifPresent(findings::add);
    checkpointFallbacks(facts.checkpointFallbacks()).ifPresent(findings::add);
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return findings;
  }

  /** One short sentence over all findings. */
  public static String verdict(RunStatus status, List<Finding> findings) {
    Severity worst =
        findings.stream().map(Finding::severity).max(Comparator.naturalOrder()).orElse(null);
    if (status == RunStatus.FAILED) {
      return "The run failed.";
    }
    if (worst == null) {
      return "Nothing to judge yet.";
    }
    String soFar = status == RunStatus.RUNNING ? " so far." : ".";
    return switch (worst) {
      case GOOD, NOTE -> "Looks healthy" + soFar;
      case WARNING -> "Usable, but worth a closer look" + soFar;
      case BAD -> "Something is wrong.";
    };
  }

  /** Whether samples differ from each other as much as real pictures do. */
  public static Optional<Finding> diversity(OptionalDouble diversity) {
    if (diversity.isEmpty()) {
      return Optional.empty();
    }
    double ratio = diversity.getAsDouble();
    String measured =
        "they differ from each other %s as much as real ones."
            .formatted(ratio > 1.5 ? Format.decimals(ratio, 1) + " times" : percent(ratio));
    if (ratio < COLLAPSED_DIVERSITY) {
      return finding(
          Severity.BAD, "Samples are nearly identical: " + measured + " This is mode collapse.");
    }
    if (ratio < LOW_DIVERSITY) {
      return finding(Severity.WARNING, "Samples vary less than the data: " + measured);
    }
    return finding(Severity.GOOD, "Samples vary as they should: " + measured);
  }

  /** Whether inputs were rejected. */
  public static Optional<Finding> rejects(DataSummary data) {
    if (data.listed() == 0) {
      return Optional.empty();
    }
    if (data.rejected() == 0) {
      return finding(
          Severity.GOOD,
          "All %s listed examples were used.".formatted(Format.count(data.listed())));
    }
    double share = (double) data.rejected() / data.listed();
    return finding(
        share <= FEW_REJECTS ? Severity.NOTE : Severity.WARNING,
        "%s of %s listed examples (%s) could not be used; the reasons are listed under Data."
            .formatted(
                Format.count(data.rejected()), Format.count(data.listed()), Format.percent(share)));
  }

  /** Whether training kept its speed: the last quarter of the rounds against the first half. */
  public static Optional<Finding> throughput(List<RoundMetrics> rounds) {
    if (rounds.isEmpty()) {
      return Optional.empty();
    }
    int count = rounds.size();
    double late = speed(rounds.subList(count - lateRounds(count), count));
    String rate = Format.count(Math.round(late)) + " images a second";
    if (count < ROUNDS_FOR_THROUGHPUT) {
      return finding(Severity.GOOD, "Training runs at " + rate + ".");
    }
    double early = speed(rounds.subList(1, 1 + count / 2));
    if (late < STEADY_THROUGHPUT * early) {
      return finding(
          Severity.WARNING,
          "Training slowed down: %s in the last rounds, after %s in the first half."
              .formatted(rate, Format.count(Math.round(early))));
    }
    return finding(Severity.GOOD, "Training kept its speed: " + rate + ".");
  }

  /** Whether the run was interrupted. */
  public static Optional<Finding> resumes(int resumes) {
    return resumes == 0
        ? Optional.empty()
        : finding(
            Severity.NOTE,
            "The run was resumed %s from its checkpoints.".formatted(Format.times(resumes)));
  }

  /** Whether damaged checkpoints were met. */
  public static Optional<Finding> checkpointFallbacks(int fallbacks) {
    return fallbacks == 0
        ? Optional.empty()
        : finding(
            Severity.WARNING,
            "A damaged checkpoint was passed over for an older one, %s. Check the storage."
                .formatted(Format.times(fallbacks)));
  }

  static Optional<Finding> finding(Severity severity, String sentence) {
    return Optional.of(new Finding(severity, sentence));
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static int lateRounds(int count) {
    // Not the first round if there are others: it includes the warm-up of the virtual machine.
    return Math.max(1, Math.min(count - 1, Math.max(FEWEST_LATE_ROUNDS, count / 4)));
  }

  private static double speed(List<RoundMetrics> rounds) {
    return Median.of(rounds.stream().mapToDouble(RoundMetrics::imagesPerSecond).toArray());
  }
}
