package org.sparkgen.config;

import java.net.URI;
import java.net.URISyntaxException;

/** The rules about an MLflow server. What may be a token by mistake is never shown. */
final class MlflowRules {
  private static final String URI_KEY = "output.mlflow.uri";
  private static final String VARIABLE = "[A-Z_][A-Z0-9_]{0,127}";

  private final Rules rules;
  private final MlflowConfig config;

  MlflowRules(Rules rules, MlflowConfig config) {
    this.rules = rules;
    this.config = config;
  }

  void check() {
    rules.requireHidden(
        config.uri().indexOf('@') < 0,
        "must not hold credentials; put a token into an environment variable, and its name into"
            + " output.mlflow.bearerVariable",
        URI_KEY);
    rules.require(
        config.uri().indexOf('@') >= 0 || isServer(config.uri()),
        "must be the address of a server, such as http://host:5000",
        URI_KEY);
    rules.require(!config.experiment().isBlank(), "must not be empty", "output.mlflow.experiment");
    rules.require(
        config.runName().filter(String::isBlank).isEmpty(),
        "must not be empty",
        "output.mlflow.runName");
    rules.requireHidden(
        config.bearerVariable().filter(name -> !name.matches(VARIABLE)).isEmpty(),
        "must be the name of an environment variable in capital letters, such as"
            + " MLFLOW_TRACKING_TOKEN, and never a token",
        "output.mlflow.bearerVariable");
  }

  private static boolean isServer(String text) {
    try {
      URI uri = new URI(text);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
