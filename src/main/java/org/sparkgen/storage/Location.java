package org.sparkgen.storage;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * A path together with its file system, and what kind of file system that is.
 *
 * @param path qualified
 * @param fileSystem the one that serves the path
 */
record Location(Path path, FileSystem fileSystem) {
  /** Stores in which a file appears when its upload ends, and which can't rename. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn", "obs");

  /** A colon in the authority that no port follows; a secret may itself contain a slash. */
  private static final Pattern SECRET =
      Pattern.compile("[^/]*://[^/\\[]*:(?!\\d*(/|$)).*", Pattern.DOTALL);

  /** How a complete file is put in the place of an older one. */
  enum Kind {
    /** One upload, visible when it ends. */
    OBJECT_STORE,
    /** A rename that replaces: POSIX. */
    LOCAL,
    /** A rename that replaces when asked to: HDFS and its relatives. */
    RENAMING
  }

  static Location of(Path path, Configuration configuration) throws IOException {
    FileSystem fileSystem = path.getFileSystem(configuration);
    return new Location(fileSystem.makeQualified(path), fileSystem);
  }

  private static void refuseSecret(String uri) {
    if (SECRET.matcher(uri).matches()) {
      throw new JobException(
          ExitCode.USAGE,
          "refused the path %s: it contains a password or secret key, which would end up in logs."
                  .formatted(uri.replaceAll("://.*", "://***"))
              + " Use a credential provider (spark.hadoop.hadoop.security.credential.provider.path)"
              + " or the environment.");
    }
  }

  /**
   * The path, as yet of no file system.
   *
   * @throws JobException USAGE if it is none, or has a password in it
   */
  static Path parse(String uri) {
    refuseSecret(uri);
    if (uri.isBlank()) {
      throw new JobException(ExitCode.USAGE, "a path is empty: give a file or folder");
    }
    try {
      return new Path(uri);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.USAGE,
          "%s is no path: %s".formatted(StorageFailure.mask(uri), e.getMessage()),
          e);
    }
  }

  Kind kind() {
    if (OBJECT_STORES.contains(path.toUri().getScheme())) {
      return Kind.OBJECT_STORE;
    }
    FileSystem innermost = fileSystem;
    while (innermost instanceof FilterFileSystem filter) {
      innermost = filter.getRawFileSystem();
    }
    return innermost instanceof RawLocalFileSystem ? Kind.LOCAL : Kind.RENAMING;
  }

  /** The file system for bytes and listings: the one beneath, where Hadoop adds .crc files. */
  FileSystem plain() {
    return fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
  }

  /** Whether the path is the local disk's own, with no other file system in between. */
  boolean isLocalDisk() {
    return plain() instanceof RawLocalFileSystem;
  }

  /**
   * A new file, and the folders above it; fails if it exists.
   *
   * <p>On a local disk without Hadoop's native library, which looks first and creates later, and
   * which starts a process ({@code chmod}) for every file: that takes longer than to write it.
   */
  OutputStream create() throws IOException {
    if (kind() == Kind.OBJECT_STORE) {
      return new ConfirmedUpload(this, plain().create(path, false));
    }
    if (!isLocalDisk()) {
      return plain().create(path, false);
    }
    java.nio.file.Path file = file().toPath();
    // Asked first, for a link to a folder is no folder to createDirectories.
    if (!Files.isDirectory(file.getParent())) {
      Files.createDirectories(file.getParent());
    }
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** The path as a file of the local disk. */
  File file() {
    return new File(path.toUri().getPath());
  }

  Location sibling(String name) {
    return new Location(new Path(path.getParent(), name), fileSystem);
  }
}
