package org.sparkgen.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads a container file of records of equal length, one by one. A file that ends early, can't be
 * inflated to its end, or goes on after its last record, yields a reject as its last outcome.
 */
abstract class RecordReader implements Iterator<Outcome> {
  private final String path;
  private final InputStream content;
  private final int recordLength;
  private final long promised;
  private long index;
  private Outcome next;
  private boolean ended;

  /**
   * A reader.
   *
   * @param content the records, and nothing before them; bytes in memory or inflated from there
   * @param promised how many records there should be; negative if the file does not say
   */
  RecordReader(String path, InputStream content, int recordLength, long promised) {
    this.path = path;
    this.content = content;
    this.recordLength = recordLength;
    this.promised = promised;
  }

  /** The example in a complete record. */
  abstract Outcome decode(long recordIndex, byte[] record);

  /** What is wrong with what belongs to the file, once all of its records are read. */
  Optional<String> flawAtTheEnd() {
    return Optional.empty();
  }

  @Override
  public final boolean hasNext() {
    if (next == null && !ended) {
      next = advance();
    }
    return next != null;
  }

  @Override
  public final Outcome next() {
    if (!hasNext()) {
      throw new NoSuchElementException(path);
    }
    Outcome outcome = next;
    next = null;
    return outcome;
  }

  /** The next outcome; null after the last. */
  private Outcome advance() {
    try {
      return index == promised ? afterTheLast() : record();
    } catch (IOException e) {
      return last(missing(), "it can't be inflated any further: " + e.getMessage());
    }
  }

  private Outcome afterTheLast() throws IOException {
    if (content.read() >= 0) {
      return last(1, "there are bytes after the last of %,d records".formatted(promised));
    }
    Optional<String> flaw = flawAtTheEnd();
    ended = true;
    return flaw.map(reason -> last(1, reason)).orElse(null);
  }

  private Outcome record() throws IOException {
    byte[] record = content.readNBytes(recordLength);
    if (record.length == recordLength) {
      return decode(index++, record);
    }
    if (promised < 0 && record.length == 0) {
      ended = true;
      return null;
    }
    String reason =
        promised < 0
            ? "the file ends within a record, %,d of %,d bytes into it"
                .formatted(record.length, recordLength)
            : "the file ends after %,d of the %,d records that its header promises"
                .formatted(index, promised);
    return last(missing(), reason);
  }

  /** Records that are promised and were not read; where nothing is promised, the one at hand. */
  private long missing() {
    return Math.max(1, promised - index);
  }

  private Outcome last(long count, String reason) {
    ended = true;
    return Outcome.rejected(new Reject(path, index, count, reason));
  }
}
