package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.sparkgen.data.Outcome;
import org.sparkgen.storage.Storage;

/** Reads the examples of one file, in a task. */
interface ExampleReader extends Serializable {
  /**
   * The examples in the file's own order. Failures of the storage escape, so that Spark tries
   * again; whatever is wrong with the bytes becomes a reject.
   */
  Iterator<Outcome> read(Storage storage, ExampleFile file);
}
