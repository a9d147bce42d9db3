package org.sparkgen.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sparkgen.storage.Digests;

/**
 * A run's configuration as far as it decides what a run computes. That is every key but {@code
 * output.path}, which the folder itself answers, however it is spelled, and those of dashboards,
 * which only watch: they may be switched on for a run that has begun.
 *
 * @param text the effective configuration as a person reads it
 * @param values every key and its value
 */
record Configuration(String text, Map<String, String> values) {
  private static final Pattern IRRELEVANT = Pattern.compile("output\\.(path|events|mlflow\\..*)");
  private static final String ABSENT = "(not set)";

  Configuration {
    values = new TreeMap<>(values);
  }

  /** SHA-256 over keys and values, whatever order they came in. */
  String sha256() {
    StringBuilder lines = new StringBuilder();
    values.forEach(
        (key, value) -> {
          if (decides(key)) {
            lines.append(key).append('=').append(value).append('\n');
          }
        });
    return Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** One line for each key in which a recorded configuration ("there") is not this one ("here"). */
  List<String> differencesFrom(Map<String, String> there) {
    TreeSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(there.keySet());
    keys.removeIf(key -> !decides(key));
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      String other = there.getOrDefault(key, ABSENT);
      String own = values.getOrDefault(key, ABSENT);
      if (!other.equals(own)) {
        differences.add("%s: there %s, here %s".formatted(key, other, own));
      }
    }
    return differences;
  }

  private static boolean decides(String key) {
    return !IRRELEVANT.matcher(key).matches();
  }
}
