package org.sparkgen.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload to an object store whose last answer may get lost. The client then asks again, and is
 * told that there is no such upload, for it is complete. So where the end of an upload fails, the
 * object is read: if it holds the bytes that were written, the upload has succeeded.
 */
final class ConfirmedUpload extends FilterOutputStream {
  private static final Logger LOG = LoggerFactory.getLogger(ConfirmedUpload.class);

  private final Location target;
  private final FSDataOutputStream upload;
  private final MessageDigest digest = Digests.newSha256();

  ConfirmedUpload(Location target, FSDataOutputStream upload) {
    super(upload);
    this.target = target;
    this.upload = upload;
  }

  @Override
  public void write(int value) throws IOException {
    upload.write(value);
    digest.update((byte) value);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    upload.write(buffer, offset, length);
    digest.update(buffer, offset, length);
  }

  /** Gives the upload up where the store can, for closing would publish what was written so far. */
  void abort() {
    if (upload.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
      upload.abort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      upload.close();
    } catch (IOException e) {
      if (!isThere(e)) {
        throw e;
      }
      LOG.warn("{} is complete, though its upload ended with: {}", target.path(), e.getMessage());
    }
  }

  private boolean isThere(IOException failure) {
    try {
      String found = Digests.sha256(target.plain().open(target.path()));
      return found.equals(Digests.hex(digest));
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
