package org.sparkgen.report;

import java.util.List;

/**
 * A picture of rows and columns of equal size, and what they are called.
 *
 * @param picture the grid
 * @param rows a name for each row, from the top
 * @param columns a name for each column, from the left; empty if they have none
 */
public record LabelledGrid(Png picture, List<String> rows, List<String> columns) {
  /** Copies the lists. */
  public LabelledGrid {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }
}
