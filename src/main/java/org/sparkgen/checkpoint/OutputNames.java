package org.sparkgen.checkpoint;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgen.storage.Storage;

/**
 * The names that a run may use directly in its output folder. Only these are ever deleted, so a
 * name must be here before anything is written under it.
 */
final class OutputNames {
  static final String RUN = "run.json";
  static final String SUCCESS = "_SUCCESS";
  static final String LEASE = "lease.json";
  static final String HEARTBEAT = "heartbeat.json";
  static final String CHECKPOINTS = "checkpoints";
  static final String METRICS = "metrics.jsonl";

  /** What a run writes and {@code --overwrite} deletes, besides the three files above. */
  static final Set<String> CONTENT =
      Set.of(
          CHECKPOINTS,
          "artifacts",
          "evaluation",
          "events",
          HEARTBEAT,
          "interpolations",
          "latent-map",
          METRICS,
          "mlflow.json",
          "reconstructions",
          "rejects",
          "report.html",
          "result.json",
          "samples",
          "timeline",
          "traversals");

  private static final Pattern TEMPORARY = Pattern.compile("\\.(.+)\\.[0-9a-f-]{36}\\.tmp");

  private OutputNames() {}

  /** The address of a run's file or folder, whose first part is one of the names known here. */
  static String resolve(String runUri, String name) {
    String first = name.split("/", 2)[0];
    if (!CONTENT.contains(first)) {
      throw new IllegalArgumentException(
          "'%s' is not among the names of an output (%s); add it to OutputNames, or --overwrite will"
                  .formatted(first, new TreeSet<>(CONTENT))
              + " not delete it");
    }
    return Storage.resolve(runUri, name);
  }

  /** The address of {@code _SUCCESS}: its name begins as no other may. */
  static String success(String runUri) {
    return runUri.endsWith("/") ? runUri + SUCCESS : runUri + "/" + SUCCESS;
  }

  /** Whether a killed {@link Storage#publish} of this program left a file of that name behind. */
  static boolean isLeftover(String name) {
    Matcher matcher = TEMPORARY.matcher(name);
    return matcher.matches() && isOurs(matcher.group(1));
  }

  private static boolean isOurs(String name) {
    return CONTENT.contains(name) || name.equals(RUN) || name.equals(LEASE) || name.equals(SUCCESS);
  }
}
