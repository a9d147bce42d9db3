package org.sparkgen.report;

import java.util.ArrayList;
import java.util.List;

/** Columns for a terminal: the first to the left, the others to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row, of as many cells as the others. */
  TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The rows, each with its line break. */
  String text() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(row.get(0));
      line.append(" ".repeat(widths[0] - row.get(0).length()));
      for (int column = 1; column < columns; column++) {
        line.append("  ").append(" ".repeat(widths[column] - row.get(column).length()));
        line.append(row.get(column));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
