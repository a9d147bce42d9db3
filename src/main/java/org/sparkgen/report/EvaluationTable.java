package org.sparkgen.report;

import java.util.Optional;
import java.util.function.Function;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.evaluation.ModelMetrics;
import org.sparkgen.evaluation.SetComparison;

/** An evaluation as lines for a terminal. */
final class EvaluationTable {
  private static final String NOTHING = "";

  private final EvaluationRecord record;
  private final ModelMetrics metrics;
  private final TextTable rows = new TextTable();

  EvaluationTable(EvaluationRecord record) {
    this.record = record;
    this.metrics = record.metrics();
  }

  /** What was measured of which model, a row a metric, and the network that features are of. */
  String text() {
    row("metric", "value", "error", "real data", "n real", "n generated");
    String examples = Format.count(metrics.examples());
    metrics
        .losses()
        .forEach(
            (name, value) ->
                row(Losses.label(name), Format.number(value), NOTHING, NOTHING, examples, NOTHING));
    latent();
    metrics.samples().ifPresent(this::samples);
    metrics
        .classAgreement()
        .ifPresent(
            agreement ->
                row(
                    Losses.label(MetricNames.CLASS_AGREEMENT),
                    Format.number(agreement.value()),
                    Format.number(agreement.standardError()),
                    NOTHING,
                    NOTHING,
                    Format.count(agreement.examples())));
    StringBuilder text = new StringBuilder();
    text.append("round %s of %s".formatted(Format.count(record.round()), record.output()))
        .append(", on %s examples\n".formatted(record.measuredOn()))
        .append("weights %s\n\n".formatted(record.weightsSha256()));
    text.append(rows.text());
    metrics.features().ifPresent(facts -> text.append('\n').append(words(facts)).append('\n'));
    metrics.floor().ifPresent(floor -> text.append(words(floor)).append('\n'));
    return text.toString();
  }

  private void latent() {
    metrics
        .logLikelihood()
        .ifPresent(
            l ->
                row(
                    "log p(x), %s samples".formatted(Format.count(l.samples())),
                    Format.number(l.value()),
                    Format.number(l.standardError()),
                    NOTHING,
                    Format.count(l.examples()),
                    NOTHING));
    metrics
        .activeUnits()
        .ifPresent(
            units ->
                row(
                    Losses.label(MetricNames.ACTIVE_UNITS),
                    "%d of %d".formatted(units.value(), units.latents()),
                    NOTHING,
                    NOTHING,
                    Format.count(units.examples()),
                    NOTHING));
  }

  private void samples(SetComparison sets) {
    row(
        Losses.label(MetricNames.FRECHET_DISTANCE),
        Format.number(sets.frechet().value()),
        NOTHING,
        floor(floor -> floor.frechet().value()),
        Format.count(sets.frechet().real()),
        Format.count(sets.frechet().generated()));
    row(
        Losses.label(MetricNames.KERNEL_DISTANCE),
        Format.number(sets.kernel().value()),
        Format.number(sets.kernel().standardError()),
        floor(floor -> floor.kernel().value()),
        Format.count(sets.kernel().real()),
        Format.count(sets.kernel().generated()));
    for (String name : EvaluationRecord.shares()) {
      row(
          Losses.label(name),
          Format.number(EvaluationRecord.share(name, sets)),
          NOTHING,
          floor(floor -> EvaluationRecord.share(name, floor)),
          Format.count(sets.manifold().real()),
          Format.count(sets.manifold().generated()));
    }
  }

  private String floor(Function<SetComparison, Double> value) {
    Optional<Double> floor = metrics.floor().map(value);
    return floor.map(Format::number).orElse(NOTHING);
  }

  private void row(String... cells) {
    rows.row(cells);
  }

  private static String words(SetComparison floor) {
    return "Real data: %s training examples in the place of samples, against the same %s held-out ones."
        .formatted(Format.count(floor.frechet().generated()), Format.count(floor.frechet().real()));
  }

  /** A feature network in a sentence. */
  static String words(FeatureFacts facts) {
    String accuracy =
        facts.accuracy().isEmpty()
            ? "the activations before the last layer"
            : "the last hidden layer of a classifier, right on %s of the %s examples"
                .formatted(Format.percent(facts.accuracy().getAsDouble()), facts.measuredOn());
    return "Distances are in %d features of %s: %s, SHA-256 %s."
        .formatted(facts.features(), facts.path(), accuracy, facts.sha256());
  }
}
