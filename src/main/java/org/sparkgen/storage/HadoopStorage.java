package org.sparkgen.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** {@link Storage} on Hadoop's file systems. */
final class HadoopStorage implements Storage {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Configuration configuration = new Configuration();
  private final Publication publication = new Publication(configuration);
  private final FirstContact contact;

  private HadoopStorage(Map<String, String> settings, FirstContact contact) {
    settings.forEach(configuration::set);
    this.contact = contact;
  }

  /** Waits for a file system as long as its client is set to. */
  static HadoopStorage patient(Map<String, String> settings) {
    return new HadoopStorage(settings, FirstContact.NONE);
  }

  /** As {@link #patient}, after each file system has answered within a minute. */
  static HadoopStorage wary(Map<String, String> settings) {
    return new HadoopStorage(settings, new FirstContact.Brief());
  }

  @Override
  public byte[] readBytes(String uri) {
    try (InputStream in = read(uri)) {
      byte[] content = in.readNBytes(LARGEST_ARRAY);
      if (content.length == LARGEST_ARRAY && in.read() >= 0) {
        throw new JobException(
            ExitCode.STORAGE,
            "can't read %s at once: a file of less than 2 GiB was expected"
                .formatted(StorageFailure.mask(uri)));
      }
      return content;
    } catch (IOException e) {
      throw StorageFailure.toJobException("read", uri, e);
    }
  }

  @Override
  public InputStream read(String uri) {
    return attempt("read", uri, at -> new ReportingInputStream(at.plain().open(at.path()), uri));
  }

  @Override
  public OutputStream create(String uri) {
    return attempt("create", uri, at -> new ReportingOutputStream(at.create(), uri));
  }

  @Override
  public void publish(String uri, byte[] content) {
    attempt(
        "write",
        uri,
        at -> {
          publication.publish(at, content);
          return null;
        });
  }

  @Override
  public boolean claim(String uri, byte[] content) {
    return attempt("write", uri, at -> claim(at, content));
  }

  private static boolean claim(Location at, byte[] content) throws IOException {
    try (OutputStream out = at.create()) {
      out.write(content);
      return true;
    } catch (IOException e) {
      if (StorageFailure.of(e) == StorageFailure.EXISTS) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean exists(String uri) {
    return attempt("look for", uri, at -> at.plain().exists(at.path()));
  }

  @Override
  public List<StorageEntry> list(String uri) {
    return attempt("list", uri, Listing::children);
  }

  @Override
  public List<StorageEntry> listFiles(String uri) {
    return attempt("list", uri, Listing::files);
  }

  @Override
  public List<StorageEntry> glob(String pattern) {
    return attempt("list", pattern, Listing::matches);
  }

  @Override
  public void delete(String uri) {
    attempt(
        "delete",
        uri,
        at -> {
          if (!at.fileSystem().delete(at.path(), true) && at.plain().exists(at.path())) {
            throw new IOException("the file system refused to delete it");
          }
          return null;
        });
  }

  @Override
  public long length(String uri) {
    return attempt("measure", uri, HadoopStorage::length);
  }

  private static long length(Location at) throws IOException {
    FileStatus status = at.plain().getFileStatus(at.path());
    if (status.isDirectory()) {
      throw new FileNotFoundException("a folder is there, a file was expected");
    }
    return status.getLen();
  }

  private <T> T attempt(String verb, String uri, Operation<T> operation) {
    try {
      Path path = Location.parse(uri);
      contact.make(path, configuration);
      return operation.run(Location.of(path, configuration));
    } catch (IOException e) {
      throw StorageFailure.toJobException(verb, uri, e);
    } catch (IllegalArgumentException e) {
      // How HDFS reports an unknown host.
      throw StorageFailure.toJobException(verb, uri, new IOException(e.getMessage(), e));
    }
  }

  /** One call of a file system. */
  private interface Operation<T> {
    T run(Location at) throws IOException;
  }
}
