package org.sparkgen.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.StatsUtils;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * What a run did when, in the form of DL4J Spark's training statistics: for every phase the events
 * of all rounds, on the driver and in the tasks. Its pages are those of the stock trainer.
 *
 * <p>Times are the machines' own clocks; no time server is asked, neither here nor, after {@link
 * SparkEnvironment}, by DL4J. Use from one thread.
 */
public final class StatsTimeline implements SparkTrainingStats {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, ArrayList<EventStats>> phases = new LinkedHashMap<>();

  /** Adds an event to a phase. */
  public void record(String phase, EventStats event) {
    phases.computeIfAbsent(phase, key -> new ArrayList<>()).add(event);
  }

  /** Begins an event of the driver. */
  public Running start(String phase) {
    return new Running(phase, TimelineEvents.start());
  }

  /** An event of the driver that ends when closed. */
  public final class Running implements AutoCloseable {
    private final String phase;
    private final TimelineEvents.Started started;

    private Running(String phase, TimelineEvents.Started started) {
      this.phase = phase;
      this.started = started;
    }

    /** Seconds since it began. */
    public double seconds() {
      return started.seconds();
    }

    @Override
    public void close() {
      record(phase, started.end());
    }
  }

  /**
   * DL4J's page of charts, HTML in UTF-8. It holds all the numbers, but a browser loads the scripts
   * that draw them from public servers: without a network, read {@link #csv} instead.
   */
  public byte[] html() {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      StatsUtils.exportStatsAsHTML(this, page);
    } catch (Exception e) {
      throw new JobException(ExitCode.INTERNAL, "can't draw the timeline of the run", e);
    }
    return page.toByteArray();
  }

  /**
   * Every event in a line: phase, machine, executor, thread, start (ms since 1970), duration (ms).
   */
  public String csv() {
    StringBuilder lines = new StringBuilder("phase,machine,executor,thread,startMs,durationMs\n");
    phases.forEach(
        (phase, events) ->
            events.forEach(
                e ->
                    lines.append(
                        "%s,%s,%s,%d,%d,%d\n"
                            .formatted(
                                phase,
                                e.getMachineID(),
                                e.getJvmID(),
                                e.getThreadID(),
                                e.getStartTime(),
                                e.getDurationMs()))));
    return lines.toString();
  }

  @Override
  public Set<String> getKeySet() {
    return Collections.unmodifiableSet(phases.keySet());
  }

  @Override
  public List<EventStats> getValue(String key) {
    List<EventStats> events = phases.get(key);
    if (events == null) {
      throw new IllegalArgumentException("no phase '" + key + "', only " + phases.keySet());
    }
    return Collections.unmodifiableList(events);
  }

  @Override
  public String getShortNameForKey(String key) {
    return key;
  }

  @Override
  public boolean defaultIncludeInPlots(String key) {
    return true;
  }

  @Override
  public void addOtherTrainingStats(SparkTrainingStats other) {
    for (String key : other.getKeySet()) {
      other.getValue(key).forEach(event -> record(key, event));
    }
  }

  @Override
  public SparkTrainingStats getNestedTrainingStats() {
    return null;
  }

  @Override
  public String statsAsString() {
    StringBuilder lines = new StringBuilder();
    phases.forEach(
        (phase, events) ->
            lines
                .append(DEFAULT_PRINT_FORMAT.formatted(phase))
                .append(StatsUtils.getDurationAsString(events, ","))
                .append('\n'));
    return lines.toString();
  }

  /**
   * Writes one CSV file per phase, through Spark's default file system as all of DL4J's statistics.
   */
  @Override
  public void exportStatFiles(String outputPath, SparkContext context) throws IOException {
    for (Map.Entry<String, ArrayList<EventStats>> phase : phases.entrySet()) {
      StatsUtils.exportStats(
          new ArrayList<>(phase.getValue()), outputPath, phase.getKey() + ".txt", ",", context);
    }
  }
}
