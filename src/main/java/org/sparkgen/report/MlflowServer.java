package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.sparkgen.report.MlflowFailure.Kind;

/**
 * An MLflow tracking server, by its REST API 2.0. Every call waits for at most the given time, and
 * keeps the limits of the API: requests are cut into as many as it takes, names and values into
 * what is allowed. The token is in no message.
 */
public final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";
  private static final int METRICS_A_REQUEST = 1000;
  private static final int PARAMETERS_A_REQUEST = 100;
  private static final int LONGEST_PARAMETER = 6000;
  private static final int LONGEST_TAG = 5000;
  private static final int LONGEST_NAME = 250;

  private final String uri;
  private final MlflowRequests requests;

  /**
   * A server; nothing is sent yet.
   *
   * @param token sent as a bearer token; must be printable ASCII
   * @param limit the longest that a request may take
   */
  public MlflowServer(String uri, Optional<String> token, Duration limit) {
    this.uri = uri.replaceFirst("/+$", "");
    this.requests = new MlflowRequests(this.uri, token, limit);
  }

  /** The server's address, without a slash at its end. */
  public String uri() {
    return uri;
  }

  /** Identifier of the experiment of that name, which is made if there is none. */
  public String experiment(String name) throws MlflowFailure, InterruptedException {
    try {
      return experimentNamed(name);
    } catch (MlflowFailure missing) {
      if (missing.kind() != Kind.UNKNOWN) {
        throw missing;
      }
    }
    try {
      return text(
          requests.post(API + "experiments/create", Json.object().put("name", name)),
          "experiment_id");
    } catch (MlflowFailure e) {
      if (e.kind() == Kind.REFUSED) {
        return experimentNamed(name); // Somebody else made it in between; else it fails again.
      }
      throw e;
    }
  }

  private String experimentNamed(String name) throws MlflowFailure, InterruptedException {
    Json answer =
        requests
            .get(API + "experiments/get-by-name?experiment_name=" + encoded(name))
            .object("experiment");
    return text(answer, "experiment_id");
  }

  /** Begins a run. */
  public MlflowRun create(String experimentId, String name, Instant begun, Map<String, String> tags)
      throws MlflowFailure, InterruptedException {
    ObjectNode request = Json.object();
    request.put("experiment_id", experimentId);
    request.put("run_name", name);
    request.put("start_time", begun.toEpochMilli());
    putPairs(request.putArray("tags"), tags, LONGEST_TAG);
    return run(requests.post(API + "runs/create", request).object("run"));
  }

  /**
   * The newest step of any metric of a run, 0 if it has none.
   *
   * @throws MlflowFailure UNKNOWN if there is no such run, or it was deleted
   */
  public long newestStep(MlflowRun run) throws MlflowFailure, InterruptedException {
    Json found = requests.get(API + "runs/get?run_id=" + encoded(run.runId())).object("run");
    Optional<String> stage = found.object("info").optionalText("lifecycle_stage");
    if (stage.filter("deleted"::equals).isPresent()) {
      throw new MlflowFailure(Kind.UNKNOWN, "run %s was deleted".formatted(run.runId()));
    }
    long newest = 0;
    Optional<Json> data = found.optionalObject("data");
    if (data.isPresent() && !data.get().absent("metrics")) {
      for (Json metric : data.get().objects("metrics")) {
        newest = Math.max(newest, metric.absent("step") ? 0 : metric.anyWholeNumber("step"));
      }
    }
    return newest;
  }

  /** Adds parameters, which may have been added before with the same values. */
  public void parameters(MlflowRun run, Map<String, String> parameters)
      throws MlflowFailure, InterruptedException {
    Iterator<Map.Entry<String, String>> rest =
        parameters.entrySet().stream().filter(p -> !p.getValue().isEmpty()).iterator();
    while (rest.hasNext()) {
      ObjectNode request = Json.object().put("run_id", run.runId());
      ArrayNode array = request.putArray("params");
      while (rest.hasNext() && array.size() < PARAMETERS_A_REQUEST) {
        Map.Entry<String, String> parameter = rest.next();
        putPair(array, parameter.getKey(), parameter.getValue(), LONGEST_PARAMETER);
      }
      requests.post(API + "runs/log-batch", request);
    }
  }

  /**
   * Adds the points of rounds to the run's curves; a point that is not finite is left out, for JSON
   * has no number for it.
   */
  public void metrics(MlflowRun run, Collection<RoundScalars> rounds)
      throws MlflowFailure, InterruptedException {
    ObjectNode request = Json.object().put("run_id", run.runId());
    ArrayNode array = request.putArray("metrics");
    for (RoundScalars round : rounds) {
      for (Map.Entry<String, Double> value : round.values().entrySet()) {
        if (array.size() == METRICS_A_REQUEST) {
          requests.post(API + "runs/log-batch", request);
          array.removeAll();
        }
        if (Double.isFinite(value.getValue())) {
          array
              .addObject()
              .put("key", name(value.getKey()))
              .put("value", value.getValue())
              .put("timestamp", round.at().toEpochMilli())
              .put("step", round.round());
        }
      }
    }
    if (!array.isEmpty()) {
      requests.post(API + "runs/log-batch", request);
    }
  }

  /** Adds tags, in the place of those of the same names. */
  public void tags(MlflowRun run, Map<String, String> tags)
      throws MlflowFailure, InterruptedException {
    ObjectNode request = Json.object().put("run_id", run.runId());
    putPairs(request.putArray("tags"), tags, LONGEST_TAG);
    requests.post(API + "runs/log-batch", request);
  }

  /** Says that a run goes on that may have ended before. */
  public void resume(MlflowRun run) throws MlflowFailure, InterruptedException {
    update(run, Json.object().put("status", RunStatus.RUNNING.name()));
  }

  /** Says how a run ended. */
  public void end(MlflowRun run, RunStatus status, Instant at)
      throws MlflowFailure, InterruptedException {
    update(run, Json.object().put("status", status.name()).put("end_time", at.toEpochMilli()));
  }

  private void update(MlflowRun run, ObjectNode change) throws MlflowFailure, InterruptedException {
    requests.post(API + "runs/update", change.put("run_id", run.runId()));
  }

  /** Whether the server takes artifacts of a run, and passes them on to its store. */
  public boolean takesArtifacts(MlflowRun run) {
    return run.artifactPath().isPresent();
  }

  /** Adds an artifact to a run for which the server takes them. */
  public void artifact(MlflowRun run, String name, byte[] content)
      throws MlflowFailure, InterruptedException {
    String path = run.artifactPath().orElseThrow() + name;
    requests.put(path, content);
  }

  private MlflowRun run(Json run) throws MlflowFailure {
    Json info = run.object("info");
    return new MlflowRun(
        uri,
        text(info, "experiment_id"),
        text(info, "run_id"),
        info.optionalText("artifact_uri").orElse(""));
  }

  private static void putPairs(ArrayNode array, Map<String, String> pairs, int longest) {
    pairs.forEach((name, value) -> putPair(array, name, value, longest));
  }

  private static void putPair(ArrayNode array, String name, String value, int longest) {
    array.addObject().put("key", name(name)).put("value", cut(value, longest));
  }

  /** Letters, digits, underscores, dots, dashes, spaces and slashes are allowed. */
  private static String name(String name) {
    return cut(name.replaceAll("[^\\w. /-]", "_"), LONGEST_NAME);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String text(Json object, String field) throws MlflowFailure {
    return object
        .optionalText(field)
        .orElseThrow(() -> new MlflowFailure(Kind.REFUSED, "an answer without " + field));
  }
}
