package org.sparkgen.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.report.RoundScalars;
import org.sparkgen.report.RunEnding;
import org.sparkgen.report.RunListener;
import org.sparkgen.report.RunRecord;
import org.sparkgen.training.RoundMetrics;

/**
 * The newest round as a source of Spark's metrics system, for whatever sinks the user has
 * configured: the gauges {@code sparkgen.progress.round}, {@code
 * sparkgen.progress.imagesPerSecond}, {@code sparkgen.loss.NAME} and so on, below the application's
 * and the driver's names.
 *
 * <p>Sinks look when it suits them; the last round of a run is reported to all of them.
 */
public final class RunMetricsSource implements Source, RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(RunMetricsSource.class);
  private static final String NAME = "sparkgen";

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> values = new ConcurrentHashMap<>();
  private RoundScalars.Series series;

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  @Override
  public void begun(RunRecord run, List<RoundMetrics> finished) {
    series = new RoundScalars.Series(run.started());
    show("progress.rounds", run.rounds());
    show("progress.round", finished.size());
    finished.forEach(round -> show(series.next(round)));
    MetricsSystem metrics = SparkEnv.get().metricsSystem();
    // Of a run before, in a session that outlives runs.
    metrics.getSourcesByName(NAME).foreach(earlier -> remove(metrics, earlier));
    metrics.registerSource(this);
  }

  @Override
  public void roundEnded(RoundMetrics round) {
    show(series.next(round));
  }

  @Override
  public void ended(RunEnding ending) {
    SparkEnv environment = SparkEnv.get();
    if (environment != null) { // Spark reports to its sinks when it stops.
      try {
        environment.metricsSystem().report();
      } catch (RuntimeException e) {
        LOG.warn("A sink of Spark's metrics didn't take the last round: {}", e.toString());
      }
      environment.metricsSystem().removeSource(this);
    }
  }

  private static Void remove(MetricsSystem metrics, Source source) {
    metrics.removeSource(source);
    return null;
  }

  private void show(RoundScalars round) {
    show("progress.round", round.round());
    round.values().forEach((name, value) -> show(name.replace('/', '.'), value));
  }

  private void show(String name, double value) {
    if (values.put(name, value) == null) {
      registry.register(name, (Gauge<Double>) () -> values.get(name));
    }
  }
}
