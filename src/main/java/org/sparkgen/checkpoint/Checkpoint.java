package org.sparkgen.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.Snapshot;

/** A model between two rounds and what belongs to it: all that a run needs to go on from there. */
public final class Checkpoint {
  private final int round;
  private final int epoch;
  private final Snapshot snapshot;
  private final TreeMap<String, byte[]> files;
  private final TreeMap<String, String> facts;

  /**
   * Takes the arrays over without copying them.
   *
   * @param round rounds completed, at least 0
   * @param epoch epochs completed
   * @param snapshot the networks' state
   * @param files further content by file name, such as {@code history.jsonl}; each name as {@link
   *     org.sparkgen.storage.Storage#resolve} wants it, without "/"
   * @param facts what a reader should know, such as seed and versions; they decide nothing
   */
  public Checkpoint(
      int round,
      int epoch,
      Snapshot snapshot,
      Map<String, byte[]> files,
      Map<String, String> facts) {
    if (round < 0 || epoch < 0) {
      throw new IllegalArgumentException(
          "round and epoch count from 0: round %d, epoch %d".formatted(round, epoch));
    }
    this.round = round;
    this.epoch = epoch;
    this.snapshot = snapshot;
    this.files = new TreeMap<>(files);
    this.facts = new TreeMap<>(facts);
  }

  /** Rounds completed. */
  public int round() {
    return round;
  }

  /** Epochs completed. */
  public int epoch() {
    return epoch;
  }

  /** The networks' state. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** Further content by file name; not modifiable, arrays not copied. */
  public Map<String, byte[]> files() {
    return Collections.unmodifiableMap(files);
  }

  /** What a reader should know; not modifiable. */
  public Map<String, String> facts() {
    return Collections.unmodifiableMap(facts);
  }
}
