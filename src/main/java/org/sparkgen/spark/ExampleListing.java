package org.sparkgen.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/**
 * The files at a data path: a file, everything in and below a folder, or what a glob pattern
 * matches. Sorted by name; as everywhere in Hadoop, files and folders whose names begin with "_" or
 * "." are skipped.
 */
final class ExampleListing {
  private static final String GLOB_CHARACTERS = "*?[{";

  private final Storage storage;
  private final String key;
  private final String path;

  /**
   * A listing to be made.
   *
   * @param key the configuration key of the path, for messages
   */
  ExampleListing(Storage storage, String key, String path) {
    this.storage = storage;
    this.key = key;
    this.path = path;
  }

  /**
   * The files.
   *
   * @throws JobException with {@link ExitCode#INPUT} if there are none
   */
  List<ExampleFile> files() {
    List<ExampleFile> files = new ArrayList<>();
    // A name may contain glob characters: what exists is meant literally.
    if (storage.exists(path)) {
      storage.listFiles(path).forEach(entry -> add(entry, entry.name(), files));
    } else if (isGlob()) {
      storage.glob(path).forEach(entry -> addMatch(entry, files));
    } else {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: there is no such file or folder. Give a file, a folder or a glob pattern."
              .formatted(key, path));
    }
    if (files.isEmpty()) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: no files found. Files and folders whose names begin with '_' or '.' are skipped."
              .formatted(key, path));
    }
    files.sort(Comparator.comparing(ExampleFile::name).thenComparing(ExampleFile::uri));
    return files;
  }

  /**
   * The one file at the path, which is no pattern here.
   *
   * @throws JobException with {@link ExitCode#INPUT} if there is none, or a folder of several
   */
  ExampleFile file() {
    List<StorageEntry> found = storage.exists(path) ? storage.listFiles(path) : List.of();
    if (found.size() != 1) {
      throw new JobException(
          ExitCode.INPUT,
          "%s = %s: %s. Give the address of one file."
              .formatted(
                  key,
                  path,
                  found.isEmpty()
                      ? "there is no such file"
                      : "a folder of %,d files is there".formatted(found.size())));
    }
    StorageEntry only = found.get(0);
    return new ExampleFile(only.name(), only.uri(), only.length());
  }

  private void addMatch(StorageEntry entry, List<ExampleFile> files) {
    String name = nameInGlob(entry.uri());
    if (entry.isFile()) {
      add(entry, name, files);
    } else {
      storage.listFiles(entry.uri()).forEach(child -> add(child, name + "/" + child.name(), files));
    }
  }

  private static void add(StorageEntry entry, String name, List<ExampleFile> files) {
    boolean hidden =
        Stream.of(name.split("/", -1))
            .anyMatch(part -> part.startsWith("_") || part.startsWith("."));
    if (!hidden) {
      files.add(new ExampleFile(name, entry.uri(), entry.length()));
    }
  }

  private boolean isGlob() {
    return path.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
  }

  /** The part of a match from the first pattern on, so that names do not depend on the root. */
  private String nameInGlob(String uri) {
    String[] parts = path.split("/+", -1);
    int first = 0;
    while (parts[first].chars().noneMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0)) {
      first++;
    }
    String[] found = uri.split("/", -1);
    int from = Math.max(0, found.length - (parts.length - first));
    return String.join("/", List.of(found).subList(from, found.length));
  }
}
