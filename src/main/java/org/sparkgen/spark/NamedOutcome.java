package org.sparkgen.spark;

import java.io.Serializable;
import org.sparkgen.data.Outcome;

/**
 * A listed example and the file that it is in.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
final class NamedOutcome implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final Outcome outcome;

  /**
   * An example of a file.
   *
   * @param file its path below the root of the listing
   */
  NamedOutcome(String file, Outcome outcome) {
    this.file = file;
    this.outcome = outcome;
  }

  /** The file's path below the root of the listing. */
  String file() {
    return file;
  }

  Outcome outcome() {
    return outcome;
  }

  /** A number that depends on the file's name and the example's index only. */
  long id() {
    return ExampleIds.id(file, outcome.index());
  }
}
