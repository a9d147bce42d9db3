package org.sparkgen.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that somebody probably meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The known key whose last name is closest to that of {@code unknown}, preferring the same
   * section; nothing if more than a third of the letters would have to change.
   */
  static Optional<String> to(String unknown, Collection<String> known) {
    String name = name(unknown);
    int most = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(key -> distance(name, name(key)) <= most)
        .min(
            Comparator.comparingInt((String key) -> distance(name, name(key)))
                .thenComparingInt(key -> distance(unknown, key)));
  }

  /** Levenshtein distance, ignoring case: insertions, deletions and replacements of a letter. */
  static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }

  private static String name(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
