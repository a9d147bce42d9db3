package org.sparkgen.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports failures as {@link org.sparkgen.config.JobException}s that name the file. */
final class ReportingInputStream extends FilterInputStream {
  private final String uri;

  ReportingInputStream(InputStream in, String uri) {
    super(in);
    this.uri = uri;
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw StorageFailure.toJobException("read", uri, e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw StorageFailure.toJobException("read", uri, e);
    }
  }

  @Override
  public long skip(long count) {
    try {
      return in.skip(count);
    } catch (IOException e) {
      throw StorageFailure.toJobException("read", uri, e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw StorageFailure.toJobException("read", uri, e);
    }
  }
}
