package org.sparkgen.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileAlreadyExistsException;

/** A {@link Storage} in memory that behaves like an object store: folders are only names. */
public final class MemoryStorage implements Storage {
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  /** The content itself, by address; changes are seen at once. */
  public synchronized Map<String, byte[]> files() {
    return files;
  }

  @Override
  public synchronized byte[] readBytes(String uri) {
    return content("read", uri).clone();
  }

  @Override
  public synchronized InputStream read(String uri) {
    return new ByteArrayInputStream(content("read", uri).clone());
  }

  @Override
  public synchronized OutputStream create(String uri) {
    if (files.containsKey(uri)) {
      throw StorageFailure.toJobException("create", uri, new FileAlreadyExistsException(uri));
    }
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        publish(uri, toByteArray());
      }
    };
  }

  @Override
  public synchronized void publish(String uri, byte[] content) {
    files.put(uri, content.clone());
  }

  @Override
  public synchronized boolean claim(String uri, byte[] content) {
    return files.putIfAbsent(uri, content.clone()) == null;
  }

  @Override
  public synchronized boolean exists(String uri) {
    return files.containsKey(uri) || !below(uri).isEmpty();
  }

  @Override
  public synchronized List<StorageEntry> list(String uri) {
    List<StorageEntry> entries = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    for (StorageEntry entry : listFiles(uri)) {
      int slash = entry.name().indexOf('/');
      if (slash < 0) {
        entries.add(entry);
      } else if (folders.add(entry.name().substring(0, slash))) {
        String name = entry.name().substring(0, slash);
        entries.add(new StorageEntry(name, uri + "/" + name, StorageEntry.Kind.FOLDER, 0));
      }
    }
    return entries;
  }

  @Override
  public synchronized List<StorageEntry> listFiles(String uri) {
    if (files.containsKey(uri)) {
      return List.of(entry(uri.substring(uri.lastIndexOf('/') + 1), uri));
    }
    List<StorageEntry> entries =
        below(uri).stream().map(file -> entry(file.substring(uri.length() + 1), file)).toList();
    if (entries.isEmpty()) {
      throw StorageFailure.toJobException("list", uri, new FileNotFoundException(uri));
    }
    return entries;
  }

  /** Understands "*" only, and finds files only. */
  @Override
  public synchronized List<StorageEntry> glob(String pattern) {
    Pattern regex = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E[^/]*\\Q"));
    return files.keySet().stream()
        .filter(regex.asMatchPredicate())
        .map(file -> entry(file.substring(file.lastIndexOf('/') + 1), file))
        .toList();
  }

  @Override
  public synchronized void delete(String uri) {
    files.remove(uri);
    files.keySet().removeAll(below(uri));
  }

  @Override
  public synchronized long length(String uri) {
    return content("measure", uri).length;
  }

  private StorageEntry entry(String name, String uri) {
    return new StorageEntry(name, uri, StorageEntry.Kind.FILE, files.get(uri).length);
  }

  private List<String> below(String uri) {
    return files.keySet().stream().filter(file -> file.startsWith(uri + "/")).toList();
  }

  private byte[] content(String attempt, String uri) {
    byte[] content = files.get(uri);
    if (content == null) {
      IOException missing = new FileNotFoundException(uri);
      throw StorageFailure.toJobException(attempt, uri, missing);
    }
    return content;
  }
}
