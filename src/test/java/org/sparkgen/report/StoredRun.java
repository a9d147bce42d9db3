package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mlflow.api.proto.Service;

/** A run as the server has it. */
public final class StoredRun {
  private final String experimentId;
  private final String name;
  private final long started;
  private final Map<String, String> parameters = new TreeMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final List<Service.Metric> metrics = new ArrayList<>();
  private Service.RunStatus status = Service.RunStatus.RUNNING;
  private long ended;
  private boolean deleted;

  StoredRun(String experimentId, String name, long started) {
    this.experimentId = experimentId;
    this.name = name;
    this.started = started;
  }

  String experimentId() {
    return experimentId;
  }

  public String name() {
    return name;
  }

  public long started() {
    return started;
  }

  public long ended() {
    return ended;
  }

  public Service.RunStatus status() {
    return status;
  }

  public Map<String, String> parameters() {
    return parameters;
  }

  public Map<String, String> tags() {
    return tags;
  }

  /** Every point in the order in which it came, repeated ones too. */
  public List<Service.Metric> metrics() {
    return metrics;
  }

  /** Steps of a metric in the order in which they came. */
  public List<Long> steps(String key) {
    return metrics.stream()
        .filter(m -> m.getKey().equals(key))
        .map(Service.Metric::getStep)
        .toList();
  }

  void end(Service.RunStatus how, long when) {
    status = how;
    ended = when;
  }

  public void delete() {
    deleted = true;
  }

  boolean isDeleted() {
    return deleted;
  }
}
