package org.sparkgen.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.sparkgen.storage.StorageEntry.Kind;

/** Reads folders; sorts, because the order of a file system's own listing is nobody's promise. */
final class Listing {
  private Listing() {}

  /** What lies directly in the folder. */
  static List<StorageEntry> children(Location folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    RemoteIterator<FileStatus> statuses = folder.plain().listStatusIterator(folder.path());
    while (statuses.hasNext()) {
      found.add(statuses.next());
    }
    return entries(folder, found);
  }

  /** All files in and below the folder. */
  static List<StorageEntry> files(Location folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    if (folder.isLocalDisk()) {
      walk(folder, new HashSet<>(), found);
    } else {
      RemoteIterator<LocatedFileStatus> files = folder.plain().listFiles(folder.path(), true);
      while (files.hasNext()) {
        found.add(files.next());
      }
    }
    return entries(folder, found);
  }

  /** What matches the pattern. */
  static List<StorageEntry> matches(Location pattern) throws IOException {
    FileStatus[] found = pattern.plain().globStatus(pattern.path());
    if (found == null) {
      return List.of();
    }
    List<StorageEntry> entries = new ArrayList<>();
    for (FileStatus status : found) {
      if (isWanted(pattern, status)) {
        entries.add(entry(status.getPath().getName(), status));
      }
    }
    entries.sort(Comparator.comparing(StorageEntry::uri));
    return List.copyOf(entries);
  }

  /** The local disk has links, and links can form loops. */
  private static void walk(Location folder, Set<String> parents, List<FileStatus> found)
      throws IOException {
    String real = folder.file().getCanonicalPath();
    if (!parents.add(real)) {
      return;
    }
    for (FileStatus status : folder.plain().listStatus(folder.path())) {
      if (status.isDirectory()) {
        walk(new Location(status.getPath(), folder.fileSystem()), parents, found);
      } else {
        found.add(status);
      }
    }
    parents.remove(real);
  }

  private static List<StorageEntry> entries(Location folder, List<FileStatus> found) {
    List<StorageEntry> entries = new ArrayList<>();
    for (FileStatus status : found) {
      if (isWanted(folder, status)) {
        entries.add(entry(nameBelow(folder.path(), status.getPath()), status));
      }
    }
    entries.sort(Comparator.comparing(StorageEntry::name));
    return List.copyOf(entries);
  }

  private static boolean isWanted(Location place, FileStatus status) {
    return !(place.isLocalDisk() && ChecksumFileSystem.isChecksumFile(status.getPath()));
  }

  private static StorageEntry entry(String name, FileStatus status) {
    Kind kind = status.isDirectory() ? Kind.FOLDER : Kind.FILE;
    long length = status.isDirectory() ? 0 : status.getLen();
    return new StorageEntry(name, status.getPath().toString(), kind, length);
  }

  private static String nameBelow(Path folder, Path child) {
    String parent = folder.toUri().getPath();
    String path = child.toUri().getPath();
    if (path.equals(parent)) {
      return child.getName();
    }
    return path.substring(parent.endsWith("/") ? parent.length() : parent.length() + 1);
  }
}
