package org.sparkgen.spark;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Reject;

/** Reads the examples of whole rows, in tasks. */
final class RowCells implements Serializable {
  /** The index of a column that there is not. */
  static final int NONE = -1;

  private static final long serialVersionUID = 1L;
  private static final String PLACE = "row";

  private final ExampleRows.RowReader reader;
  private final int cell;
  private final int label;
  private final int id;
  private final int classes;
  private final UnreadableRows unreadable;

  RowCells(
      ExampleRows.RowReader reader,
      int cell,
      int label,
      int id,
      int classes,
      UnreadableRows unreadable) {
    this.reader = reader;
    this.cell = cell;
    this.label = label;
    this.id = id;
    this.classes = classes;
    this.unreadable = unreadable;
  }

  /**
   * The example of a row.
   *
   * @throws JobException INPUT if it can't be read and that is to end the job
   */
  NamedOutcome read(Row row) {
    NamedOutcome example = reader.read(row.get(cell), at(row, label), at(row, id), PLACE, 0);
    if (label != NONE && example.outcome().label() >= classes) {
      String reason =
          "the label %d is none of the model's classes, 0 to %d"
              .formatted(example.outcome().label(), classes - 1);
      example = new NamedOutcome(PLACE, Outcome.rejected(Reject.one(PLACE, 0, reason)));
    }
    if (unreadable == UnreadableRows.ERROR && example.outcome().reject().isPresent()) {
      throw new JobException(
          ExitCode.INPUT,
          "a row can't be used: %s; repair it, or set handleInvalid to keep or skip"
              .formatted(example.outcome().reject().get().reason()));
    }
    return example;
  }

  private static Object at(Row row, int column) {
    return column == NONE ? null : row.get(column);
  }

  /** Whether a row stays that can't be used. */
  boolean keeps() {
    return unreadable == UnreadableRows.KEEP;
  }
}
