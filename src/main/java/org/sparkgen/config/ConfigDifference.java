package org.sparkgen.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs between two configurations. */
public final class ConfigDifference {
  private static final String ABSENT = "(not set)";

  private ConfigDifference() {}

  /**
   * One line a key, in the order of the records, such as {@code training.epochs: 20 -> 50}; empty
   * if the configurations are equal. Secrets are masked.
   */
  public static List<String> between(RunConfig before, RunConfig after) {
    Map<String, String> old = ConfigText.unmasked(before);
    Map<String, String> now = ConfigText.unmasked(after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(now.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String from = old.getOrDefault(key, ABSENT);
      String to = now.getOrDefault(key, ABSENT);
      if (!from.equals(to)) {
        lines.add(key + ": " + Secrets.mask(key, from) + " -> " + Secrets.mask(key, to));
      }
    }
    return List.copyOf(lines);
  }
}
