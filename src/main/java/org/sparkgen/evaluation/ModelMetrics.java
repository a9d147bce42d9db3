package org.sparkgen.evaluation;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that was measured of a model. What was not asked for, or what the model's family can't do, is
 * empty.
 *
 * @param losses loss name to mean per example
 * @param examples real examples that losses, log p(x) and active units are of
 * @param logLikelihood importance-sampled log p(x)
 * @param activeUnits latent dimensions in use
 * @param samples generated against real examples
 * @param floor training against held-out examples, as many as in {@code samples}: what a perfect
 *     model would reach; empty without held-out examples
 * @param classAgreement share of samples to which the classifier gives the asked-for class
 * @param features the network in whose features sets were compared
 */
public record ModelMetrics(
    Map<String, Double> losses,
    long examples,
    Optional<LogLikelihood> logLikelihood,
    Optional<ActiveUnits> activeUnits,
    Optional<SetComparison> samples,
    Optional<SetComparison> floor,
    Optional<ClassAgreement> classAgreement,
    Optional<FeatureFacts> features) {
  /** Copies the map. */
  public ModelMetrics {
    losses = Collections.unmodifiableMap(new TreeMap<>(losses));
  }

  /** Every value under its name; standard errors end in {@code StandardError}. */
  public Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>(losses);
    logLikelihood.ifPresent(
        l -> {
          values.put(MetricNames.LOG_LIKELIHOOD, l.value());
          values.put(MetricNames.LOG_LIKELIHOOD_ERROR, l.standardError());
        });
    activeUnits.ifPresent(
        units -> {
          values.put(MetricNames.ACTIVE_UNITS, (double) units.value());
          values.put(MetricNames.LATENT_UNITS, (double) units.latents());
        });
    samples.ifPresent(comparison -> putSamples(comparison, values));
    samples.ifPresent(comparison -> putCounts(comparison, values));
    floor.ifPresent(comparison -> putFloor(comparison, values));
    classAgreement.ifPresent(
        agreement -> values.put(MetricNames.CLASS_AGREEMENT, agreement.value()));
    return values;
  }

  private static void putSamples(SetComparison comparison, Map<String, Double> values) {
    values.put(MetricNames.FRECHET_DISTANCE, comparison.frechet().value());
    values.put(MetricNames.KERNEL_DISTANCE, comparison.kernel().value());
    values.put(MetricNames.KERNEL_ERROR, comparison.kernel().standardError());
    values.put(MetricNames.PRECISION, comparison.manifold().precision());
    values.put(MetricNames.RECALL, comparison.manifold().recall());
    values.put(MetricNames.DENSITY, comparison.manifold().density());
    values.put(MetricNames.COVERAGE, comparison.manifold().coverage());
  }

  private static void putCounts(SetComparison comparison, Map<String, Double> values) {
    values.put(MetricNames.REAL_COUNT, (double) comparison.frechet().real());
    values.put(MetricNames.SAMPLE_COUNT, (double) comparison.frechet().generated());
  }

  private static void putFloor(SetComparison comparison, Map<String, Double> values) {
    values.put(MetricNames.FRECHET_FLOOR, comparison.frechet().value());
    values.put(MetricNames.KERNEL_FLOOR, comparison.kernel().value());
    values.put(MetricNames.realOf(MetricNames.PRECISION), comparison.manifold().precision());
    values.put(MetricNames.realOf(MetricNames.RECALL), comparison.manifold().recall());
    values.put(MetricNames.realOf(MetricNames.DENSITY), comparison.manifold().density());
    values.put(MetricNames.realOf(MetricNames.COVERAGE), comparison.manifold().coverage());
  }
}
