package org.sparkgen.spark;

import java.io.Serializable;

/**
 * A listed file.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
final class ExampleFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String uri;
  private final long length;

  /**
   * A file.
   *
   * @param name path below the root of the listing, parts separated by "/"
   * @param uri full address
   * @param length bytes
   */
  ExampleFile(String name, String uri, long length) {
    this.name = name;
    this.uri = uri;
    this.length = length;
  }

  /** Path below the root of the listing: the same wherever the data lies. */
  String name() {
    return name;
  }

  /** Full address. */
  String uri() {
    return uri;
  }

  /** Bytes. */
  long length() {
    return length;
  }

  /** Name of the folder that the file lies in; empty directly under the root. */
  String folder() {
    int end = name.lastIndexOf('/');
    return end < 0 ? "" : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
  }
}
