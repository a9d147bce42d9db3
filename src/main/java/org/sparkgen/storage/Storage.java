package org.sparkgen.storage;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * Files on any Hadoop path ({@code file:}, {@code hdfs:}, {@code s3a:}, ...), addressed by strings.
 * A path without a scheme belongs to {@code fs.defaultFS}, as everywhere in Hadoop.
 *
 * <p>The storage truth, told here so that nobody else has to think about it:
 *
 * <ul>
 *   <li><b>Rename.</b> HDFS and a local disk rename a file in one step, also over an old one. S3
 *       has no rename: a client copies and deletes, and can die between. Hence no method renames.
 *       What has to appear at once goes through {@link #publish}: one PUT on S3, a hidden temporary
 *       file and one rename elsewhere. What consists of several files needs a manifest that is
 *       published last.
 *   <li><b>Half a file.</b> What {@link #create} writes is visible before it is complete on HDFS
 *       and local disks, and a killed writer leaves the beginning there. On S3 it appears when the
 *       stream is closed, or never.
 *   <li><b>Folders.</b> They exist on S3 only as the common beginning of names: an empty folder
 *       does not exist, and nothing has to be created before a file in it. Hence no method makes
 *       folders, and no caller may rely on an empty one.
 *   <li><b>First come, first served.</b> {@link #claim} has exactly one winner on HDFS and on a
 *       local disk. On S3A 3.3.4 it looks first and writes later, so two claimants can both be told
 *       that they won, and the later write stays. A loser finds out by reading again.
 *   <li><b>Checksums.</b> HDFS verifies its own. Local files are written and read without the
 *       {@code .crc} files of Hadoop's local file system: whoever needs certainty compares {@link
 *       #sha256}.
 * </ul>
 *
 * <p>Every failure is a {@link JobException} with {@link ExitCode#STORAGE} that names what was
 * tried, where (user information masked) and what would be right; {@link StorageFailure#of} tells a
 * missing file from a forbidden one. Streams report failures in the same way, so that a lost
 * connection is never mistaken for a bad image. Safe for use by several threads.
 */
public interface Storage {

  /**
   * Hadoop's configuration files, and every {@code spark.hadoop.*} system property over them; for
   * the driver. A file system that can't be used, be it for a wrong host, bucket or secret, is
   * refused within a minute when it is first asked for something: its client alone could take many.
   */
  static Storage open() {
    Map<String, String> settings = new TreeMap<>();
    String prefix = "spark.hadoop.";
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(prefix)) {
        settings.put(name.substring(prefix.length()), System.getProperty(name));
      }
    }
    return HadoopStorage.wary(settings);
  }

  /**
   * Hadoop's configuration files, and the given settings over them; for executors, which do not see
   * the driver's system properties.
   */
  static Storage open(Map<String, String> hadoopSettings) {
    return HadoopStorage.patient(hadoopSettings);
  }

  /**
   * All of a Hadoop configuration's entries, in a map that can be sent to executors and given to
   * {@link #open(Map)} there. May hold secrets: not for logs.
   */
  static Map<String, String> settings(Iterable<Map.Entry<String, String>> configuration) {
    Map<String, String> settings = new TreeMap<>();
    configuration.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    return settings;
  }

  /** The whole content of a file of less than 2 GiB. */
  byte[] readBytes(String uri);

  /** The whole content of a file as UTF-8. */
  default String readText(String uri) {
    return new String(readBytes(uri), StandardCharsets.UTF_8);
  }

  /** A file's bytes, to be closed by the caller. Throws {@link JobException} while it is read. */
  InputStream read(String uri);

  /**
   * A new file, and the folders above it; fails if it exists. Not atomic: see the class comment.
   * Throws {@link JobException} while it is written or closed.
   */
  OutputStream create(String uri);

  /**
   * Makes the content visible as one complete file, in the place of any older one. Readers see the
   * old file or the new one, whole; so does everyone after a crash, which can leave a hidden
   * temporary file ({@code .NAME.UUID.tmp}) beside it.
   */
  void publish(String uri, byte[] content);

  /** As {@link #publish(String, byte[])}, in UTF-8. */
  default void publish(String uri, String content) {
    publish(uri, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Creates a file if there is none.
   *
   * @return whether it was created; false if there was one, which stays as it is
   */
  boolean claim(String uri, byte[] content);

  /** Whether there is a file or a (non-empty) folder. */
  boolean exists(String uri);

  /**
   * What lies directly in a folder, sorted by name; a file is listed as itself. Fails if there is
   * neither.
   */
  List<StorageEntry> list(String uri);

  /**
   * All files in and below a folder, sorted by name; a file is listed as itself. Folders that link
   * to one of their parents are not entered. Fails if there is neither.
   */
  List<StorageEntry> listFiles(String uri);

  /**
   * Files and folders that match a Hadoop glob pattern, sorted by address; empty if none does. The
   * entries' names are plain file names.
   */
  List<StorageEntry> glob(String pattern);

  /** Deletes a file, or a folder and all in it. Nothing to delete is no failure. */
  void delete(String uri);

  /** A file's length in bytes. */
  long length(String uri);

  /** SHA-256 of a file's bytes, as 64 hexadecimal digits in lower case. */
  default String sha256(String uri) {
    return Digests.sha256(read(uri));
  }

  /**
   * The address of something below a folder. Every part of the child's name, parts separated by
   * "/", is a letter or digit followed by at most 63 letters, digits, dots, underscores and
   * hyphens; so no name leads out of the folder, and none is hidden.
   */
  static String resolve(String parent, String child) {
    if (!Names.RELATIVE.matcher(child).matches()) {
      throw new JobException(
          ExitCode.STORAGE,
          "refused to use the name '%s' below %s: each part must match %s"
              .formatted(child, StorageFailure.mask(parent), Names.PART));
    }
    return parent.endsWith("/") ? parent + child : parent + "/" + child;
  }
}
