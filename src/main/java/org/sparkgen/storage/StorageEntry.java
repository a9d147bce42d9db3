package org.sparkgen.storage;

import java.util.Objects;

/**
 * One line of a listing.
 *
 * @param name path below the listed folder, parts separated by "/"; the plain file name if the
 *     listed path is itself a file
 * @param uri full address, to be given back to {@link Storage}
 * @param kind file or folder
 * @param length bytes; 0 for a folder
 */
public record StorageEntry(String name, String uri, Kind kind, long length) {

  /** What an entry is. */
  public enum Kind {
    /** Bytes. */
    FILE,
    /** Other entries. */
    FOLDER
  }

  /** Checks that nothing is missing. */
  public StorageEntry {
    Objects.requireNonNull(name);
    Objects.requireNonNull(uri);
    Objects.requireNonNull(kind);
  }

  /** Whether this is a file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }
}
