package org.sparkgen.report;

/**
 * What single latent dimensions change.
 *
 * @param grid a dimension a row, the most active first, and a value of it a column
 * @param caption what was held fixed, how activity was measured, what a step is
 */
public record Traversals(LabelledGrid grid, String caption) {
  /** Lines for a terminal, each with its line break: the caption, and the rows' names. */
  public String text() {
    return caption + "\n\n" + String.join("\n", grid.rows()) + "\n";
  }
}
