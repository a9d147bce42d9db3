package org.sparkgen.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparkgen.evaluation.MetricNames;
import org.sparkgen.report.MetricWords.Better;

/** What two runs have and what tells them apart: A, and B beside it. */
public final class RunComparison {
  private static final String ABSENT = "-";
  private static final String FAMILY = "model.family";
  private static final double SAME = 1e-12;

  /** Settings on which the meaning of a loss depends. */
  private static final Set<String> OF_LOSSES =
      Set.of(
          FAMILY,
          "model.likelihood",
          "model.beta",
          "model.importanceSamples",
          "model.freeBits",
          "data.binarize",
          "data.image.height",
          "data.image.width",
          "data.image.channels");

  private static final Set<String> LOSSES =
      Set.of(
          MetricNames.LOSS,
          MetricNames.NEGATIVE_ELBO,
          MetricNames.LOG_LIKELIHOOD,
          "reconstruction");

  /** Metrics that mean something only in one network's features and of as many samples. */
  private static final Set<String> OF_FEATURES =
      Set.of(
          MetricNames.FRECHET_DISTANCE,
          MetricNames.KERNEL_DISTANCE,
          MetricNames.PRECISION,
          MetricNames.RECALL,
          MetricNames.DENSITY,
          MetricNames.COVERAGE,
          MetricNames.CLASS_AGREEMENT);

  private final ComparedRun a;
  private final ComparedRun b;

  /** A comparison of two runs. */
  public RunComparison(ComparedRun a, ComparedRun b) {
    this.a = a;
    this.b = b;
  }

  /** Lines for a terminal. */
  public String text() {
    return new ComparisonText(this).text();
  }

  /** A page that holds everything it shows, to be written as UTF-8. */
  public String html() {
    return new ComparisonPage(this).html();
  }

  ComparedRun a() {
    return a;
  }

  ComparedRun b() {
    return b;
  }

  /**
   * A line of two values.
   *
   * @param name of a setting or a metric
   * @param a of run A
   * @param b of run B
   * @param remark what follows from them; may be empty
   */
  record Row(String name, String a, String b, String remark) {}

  /** Settings that differ, in the order of configurations; where the outputs lie is not one. */
  List<Row> settings() {
    Map<String, String> ofA = a.record().configuration();
    Map<String, String> ofB = b.record().configuration();
    Set<String> keys = new LinkedHashSet<>(ofA.keySet());
    keys.addAll(ofB.keySet());
    keys.remove("output.path");
    return keys.stream()
        .map(k -> new Row(k, ofA.getOrDefault(k, ABSENT), ofB.getOrDefault(k, ABSENT), ""))
        .filter(row -> !row.a().equals(row.b()))
        .toList();
  }

  /**
   * All metrics that one of the runs has, those of held-out examples where there are some; which is
   * better is said of those that count the same thing.
   */
  List<Row> metrics() {
    boolean losses = sameData() && differingLosses().isEmpty();
    boolean features = sameData() && sameFeatures();
    List<Row> rows = new ArrayList<>();
    for (String name : names()) {
      boolean judged =
          (losses || !LOSSES.contains(name)) && (features || !OF_FEATURES.contains(name));
      rows.add(metric(name, judged ? MetricWords.better(name) : Better.NEITHER));
    }
    return rows;
  }

  private boolean sameData() {
    return a.record().data().fingerprint().equals(b.record().data().fingerprint());
  }

  private List<String> differingLosses() {
    List<String> differing =
        settings().stream().map(Row::name).filter(OF_LOSSES::contains).toList();
    return differing.contains(FAMILY) ? List.of(FAMILY) : differing;
  }

  private boolean sameFeatures() {
    return a.features().equals(b.features())
        && a.metric(MetricNames.SAMPLE_COUNT).equals(b.metric(MetricNames.SAMPLE_COUNT))
        && a.metric(MetricNames.REAL_COUNT).equals(b.metric(MetricNames.REAL_COUNT));
  }

  /** Names of the metrics that one of the runs has, the most telling first. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>(Losses.names(a.rounds()));
    names.addAll(Losses.names(b.rounds()));
    return List.copyOf(names);
  }

  private Row metric(String name, Better better) {
    Optional<Double> ofA = a.metric(name);
    Optional<Double> ofB = b.metric(name);
    String label = (a.heldOut(name) && b.heldOut(name) ? "held-out " : "") + Losses.label(name);
    String remark = ofA.isPresent() && ofB.isPresent() ? remark(ofA.get(), ofB.get(), better) : "";
    return new Row(label, text(name, a, b), text(name, b, a), remark);
  }

  /** A value; marked where it is held out and the other run's isn't. */
  private static String text(String name, ComparedRun run, ComparedRun other) {
    boolean marked = run.heldOut(name) && !other.heldOut(name) && other.metric(name).isPresent();
    return run.metric(name)
        .map(v -> Format.number(v) + (marked ? " (held-out)" : ""))
        .orElse(ABSENT);
  }

  private static String remark(double ofA, double ofB, Better better) {
    double difference = ofB - ofA;
    if (Math.abs(difference) <= SAME * Math.max(Math.abs(ofA), Math.abs(ofB))) {
      return "equal";
    }
    return switch (better) {
      case NEITHER -> "";
      case LOWER -> difference < 0 ? "B better" : "A better";
      case HIGHER -> difference > 0 ? "B better" : "A better";
    };
  }

  /** Status, rounds, time, speed, diversity. */
  List<Row> facts() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("verdict", a.verdict(), b.verdict(), ""));
    rows.add(new Row("family", a.record().family(), b.record().family(), ""));
    rows.add(new Row("rounds", rounds(a), rounds(b), ""));
    rows.add(new Row("time", time(a), time(b), ""));
    rows.add(new Row("images per second", speed(a), speed(b), ""));
    rows.add(new Row("variety of samples", diversity(a), diversity(b), ""));
    return rows;
  }

  private static String rounds(ComparedRun run) {
    int done = run.rounds().isEmpty() ? 0 : run.rounds().get(run.rounds().size() - 1).round();
    String counted = run.round() == done ? "" : ", the best is " + Format.count(run.round());
    return Format.count(done) + " of " + Format.count(run.record().rounds()) + counted;
  }

  private static String time(ComparedRun run) {
    return run.result()
        .map(r -> Format.seconds(r.elapsed().toMillis() / 1000.0))
        .orElse("not finished");
  }

  private static String speed(ComparedRun run) {
    double[] speeds =
        ReportCharts.speeds(run.rounds()).stream().mapToDouble(Losses.Point::value).toArray();
    return speeds.length == 0 ? ABSENT : Format.count(Math.round(Median.of(speeds)));
  }

  private static String diversity(ComparedRun run) {
    return run.result()
        .filter(r -> r.facts().diversity().isPresent())
        .map(r -> Math.round(100 * r.facts().diversity().getAsDouble()) + " %")
        .orElse(ABSENT);
  }

  /** What makes numbers of the two hard to compare. */
  List<String> cautions() {
    List<String> cautions = new ArrayList<>();
    if (!sameData()) {
      cautions.add("They were not trained on the same examples.");
    }
    List<String> losses = differingLosses();
    if (!losses.isEmpty()) {
      cautions.add(
          "Their losses count different things, because %s differ%s: judge by samples and by metrics of samples."
              .formatted(String.join(", ", losses), losses.size() == 1 ? "s" : ""));
    }
    boolean measured = names().stream().anyMatch(OF_FEATURES::contains);
    if (measured && !sameFeatures()) {
      cautions.add(
          "Their samples were compared with real data in different features, or in different numbers: evaluate both in the same way.");
    }
    if (a.status() == RunStatus.RUNNING || b.status() == RunStatus.RUNNING) {
      cautions.add("Not both have finished: metrics are of the newest rounds.");
    }
    return cautions;
  }
}
