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
  private final long id;

  /**
   * An example of a file.
   *
   * @param file its path below the root of the listing
   */
  NamedOutcome(String file, Outcome outcome) {
    this(file, outcome, ExampleIds.id(file, outcome.index()));
  }

  /** An example that has a number by other means than its place. */
  NamedOutcome(String file, Outcome outcome, long id) {
    this.file = file;
    this.outcome = outcome;
    this.id = id;
  }

  /** The file's path below the root of the listing. */
  String file() {
    return file;
  }

  Outcome outcome() {
    return outcome;
  }

  /** A number that depends on the file's name and the example's index only, or on its content. */
  long id() {
    return id;
  }
}
