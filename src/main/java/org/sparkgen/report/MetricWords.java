package org.sparkgen.report;

import java.util.List;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.training.RoundMetrics;

/** What a metric counts, and what it says, for those who have not made it. */
final class MetricWords {
  private static final String NATS = "nats per example";
  private static final String SHARE = "share, 0 to 1";

  private final boolean adversarial;

  private MetricWords(boolean adversarial) {
    this.adversarial = adversarial;
  }

  /** Words for the metrics of some rounds. */
  static MetricWords of(List<RoundMetrics> rounds) {
    return new MetricWords(Losses.adversarial(rounds));
  }

  /** Which values are better. */
  enum Better {
    LOWER,
    HIGHER,
    /** It depends on others. */
    NEITHER
  }

  /** The title of a metric's chart. */
  LineChart.Title title(String metric) {
    return new LineChart.Title(Losses.label(metric), unit(metric), meaning(metric));
  }

  /** The unit; empty for a number without one. */
  String unit(String metric) {
    return switch (metric) {
      case "reconstruction" -> adversarial ? "mean squared error" : NATS;
      case MetricNames.LOSS, Losses.KL, MetricNames.NEGATIVE_ELBO, MetricNames.LOG_LIKELIHOOD ->
          NATS;
      case MetricNames.ACTIVE_UNITS -> "latent dimensions";
      case Losses.ON_REAL, Losses.ON_FAKE -> "probability";
      case MetricNames.ACCURACY,
          MetricNames.PRECISION,
          MetricNames.RECALL,
          MetricNames.COVERAGE,
          MetricNames.CLASS_AGREEMENT ->
          SHARE;
      default -> "";
    };
  }

  /** One sentence; empty for a metric that has none here. */
  String meaning(String metric) {
    return switch (metric) {
      case MetricNames.LOSS, MetricNames.NEGATIVE_ELBO ->
          "What training makes small. Lower is better.";
      case "reconstruction" -> "How far copies are from their originals. Lower is better.";
      case Losses.KL -> "What the latent code says of an example. Near 0, it says nothing.";
      case MetricNames.LOG_LIKELIHOOD ->
          "How well the model predicts unseen examples. Higher is better.";
      case MetricNames.ACTIVE_UNITS -> "How many latent dimensions the model uses.";
      case MetricNames.ACCURACY -> "How often the class is right. Higher is better.";
      case MetricNames.FRECHET_DISTANCE, MetricNames.KERNEL_DISTANCE ->
          "How far samples are from real data. Lower is better; real data's own is the goal.";
      case MetricNames.PRECISION, MetricNames.DENSITY ->
          "How much of what is drawn looks real. Higher is better.";
      case MetricNames.RECALL, MetricNames.COVERAGE ->
          "How much of the real data is drawn. Higher is better.";
      case MetricNames.CLASS_AGREEMENT ->
          "How often samples show the class that was asked for. Higher is better.";
      case Losses.DISCRIMINATOR, "generator" ->
          "Of a contest of two: need not fall. Good when neither goes to 0.";
      case "similarity" ->
          "How far copies are from originals in the discriminator's eyes. Lower is better.";
      default -> "";
    };
  }

  /** Which values are better. */
  static Better better(String metric) {
    return switch (metric) {
      case MetricNames.LOSS,
          MetricNames.NEGATIVE_ELBO,
          "reconstruction",
          MetricNames.FRECHET_DISTANCE,
          MetricNames.KERNEL_DISTANCE ->
          Better.LOWER;
      case MetricNames.LOG_LIKELIHOOD,
          MetricNames.ACCURACY,
          MetricNames.PRECISION,
          MetricNames.RECALL,
          MetricNames.COVERAGE,
          MetricNames.CLASS_AGREEMENT ->
          Better.HIGHER;
      default -> Better.NEITHER;
    };
  }
}
