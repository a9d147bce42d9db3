package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A run on an MLflow server.
 *
 * @param server address of the server
 * @param experimentId its experiment
 * @param runId its own identifier
 * @param artifacts where its artifacts belong, as the server says it
 */
public record MlflowRun(String server, String experimentId, String runId, String artifacts) {
  private static final String FILE = "mlflow.json";
  private static final String PROXY = "mlflow-artifacts:";
  private static final String PROXY_PATH = "/api/2.0/mlflow-artifacts/artifacts/";

  /** The text of {@code mlflow.json}. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("server", server);
    object.put("experimentId", experimentId);
    object.put("runId", runId);
    object.put("artifacts", artifacts);
    return Json.pretty(object);
  }

  /**
   * Reads the text of the file.
   *
   * @throws org.sparkgen.config.JobException (storage) naming the field that is wrong
   */
  public static MlflowRun parse(String text) {
    Json object = Json.parse(text, FILE);
    return new MlflowRun(
        object.text("server"),
        object.text("experimentId"),
        object.text("runId"),
        object.text("artifacts"));
  }

  /** The run's page in the server's user interface. */
  public String page() {
    return "%s/#/experiments/%s/runs/%s".formatted(server, experimentId, runId);
  }

  /** The path below which the server takes artifacts, if it takes them itself. */
  Optional<String> artifactPath() {
    String path;
    if (artifacts.startsWith(PROXY)) {
      // mlflow-artifacts:/PATH or mlflow-artifacts://HOST:PORT/PATH
      path = artifacts.substring(PROXY.length()).replaceFirst("^//[^/]*", "");
    } else if (artifacts.startsWith("http") && artifacts.contains(PROXY_PATH)) {
      path = artifacts.substring(artifacts.indexOf(PROXY_PATH) + PROXY_PATH.length());
    } else {
      return Optional.empty();
    }
    return Optional.of(PROXY_PATH + path.replaceFirst("^/+", "").replaceFirst("/+$", "") + "/");
  }
}
