package org.sparkgen.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Reports failures as {@link org.sparkgen.config.JobException}s that name the file. */
final class ReportingOutputStream extends FilterOutputStream {
  private final String uri;

  ReportingOutputStream(OutputStream out, String uri) {
    super(out);
    this.uri = uri;
  }

  @Override
  public void write(int value) {
    try {
      out.write(value);
    } catch (IOException e) {
      throw StorageFailure.toJobException("write", uri, e);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    try {
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw StorageFailure.toJobException("write", uri, e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw StorageFailure.toJobException("write", uri, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw StorageFailure.toJobException("write", uri, e);
    }
  }
}
