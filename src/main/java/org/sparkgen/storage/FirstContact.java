package org.sparkgen.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What comes before the first use of a file system. */
interface FirstContact {
  /** Nothing. */
  FirstContact NONE = (uri, configuration) -> {};

  /**
   * Called before every access.
   *
   * @throws IOException if the file system can't be used
   */
  void make(String uri, Configuration configuration) throws IOException;

  /**
   * Asks for the path once, with a client that gives up soon. The clients' own defaults are made
   * for jobs that run already: S3's tries a wrong secret twenty times, in more than four minutes,
   * and HDFS's waits a quarter of an hour for a host that is not there.
   */
  final class Brief implements FirstContact {
    /** Upper limits: numbers of attempts, and milliseconds. */
    private static final Map<String, Integer> LIMITS =
        Map.of(
            "fs.s3a.attempts.maximum", 4,
            "fs.s3a.retry.limit", 3,
            "fs.s3a.connection.establish.timeout", 5_000,
            "fs.s3a.connection.timeout", 10_000,
            "ipc.client.connect.timeout", 5_000,
            "ipc.client.connect.max.retries", 5,
            "ipc.client.connect.max.retries.on.timeouts", 3,
            "dfs.client.failover.max.attempts", 4);

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    @Override
    public void make(String uri, Configuration configuration) throws IOException {
      Location.refuseSecret(uri);
      Path path = Location.parse(uri);
      String scheme = path.toUri().getScheme();
      if (scheme == null || scheme.equals("file")) {
        return;
      }
      String fileSystem = scheme + "://" + path.toUri().getAuthority();
      if (!known.contains(fileSystem)) {
        ask(path, limited(configuration));
        known.add(fileSystem);
      }
    }

    private static void ask(Path path, Configuration configuration) throws IOException {
      try (FileSystem client = FileSystem.newInstance(path.toUri(), configuration)) {
        client.getFileStatus(path);
      } catch (FileNotFoundException e) {
        // S3A says so of a bucket too, in a subclass; of anything else it is an answer.
        if (!e.getClass().equals(FileNotFoundException.class)) {
          throw e;
        }
      }
    }

    private static Configuration limited(Configuration configuration) {
      Configuration limited = new Configuration(configuration);
      LIMITS.forEach((key, most) -> limited.setInt(key, Math.min(most, limited.getInt(key, most))));
      return limited;
    }
  }
}
