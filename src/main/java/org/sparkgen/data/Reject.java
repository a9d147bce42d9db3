package org.sparkgen.data;

import java.io.Serializable;

/**
 * Listed examples that were not accepted, and why.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class Reject implements Serializable {
  /** The index of a reject that stands for a container file which can't be read at all. */
  public static final long WHOLE_FILE = -1;

  private static final long serialVersionUID = 1L;

  private final String path;
  private final long index;
  private final long count;
  private final String reason;

  /**
   * A run of rejected examples.
   *
   * @param path the file
   * @param index index in the file of the first of them, from 0, or {@link #WHOLE_FILE}
   * @param count how many; more than 1 where a file ends before the examples that it promises
   * @param reason what is wrong, complete in itself
   */
  public Reject(String path, long index, long count, String reason) {
    this.path = path;
    this.index = index;
    this.count = count;
    this.reason = reason;
  }

  /** A single rejected example. */
  public static Reject one(String path, long index, String reason) {
    return new Reject(path, index, 1, reason);
  }

  /** A container file that can't be read at all. */
  public static Reject wholeFile(String path, String reason) {
    return new Reject(path, WHOLE_FILE, 1, reason);
  }

  /** The file. */
  public String path() {
    return path;
  }

  /** Index in the file of the first rejected example, from 0, or {@link #WHOLE_FILE}. */
  public long index() {
    return index;
  }

  /** Number of listed examples that this stands for. */
  public long count() {
    return count;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    String place = index == WHOLE_FILE ? path : path + " [" + index + "]";
    return count == 1 ? place + ": " + reason : place + " and " + (count - 1) + " more: " + reason;
  }
}
