package org.sparkgen.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Files that may or may not be compressed. */
final class Gzip {
  private static final int FIRST_MAGIC = 0x1F;
  private static final int SECOND_MAGIC = 0x8B;
  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /**
   * The content of a file, inflated while it is read if it begins as a gzip file.
   *
   * @throws IOException if it begins as a gzip file but is none
   */
  static InputStream open(byte[] file) throws IOException {
    return open(new ByteArrayInputStream(file));
  }

  /** As {@link #open(byte[])}, for a stream that can be marked. */
  static InputStream open(InputStream file) throws IOException {
    file.mark(2);
    boolean gzip = file.read() == FIRST_MAGIC && file.read() == SECOND_MAGIC;
    file.reset();
    return gzip ? new GZIPInputStream(file, BUFFER) : file;
  }
}
