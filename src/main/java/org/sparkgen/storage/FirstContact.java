package org.sparkgen.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What comes before the first use of a file system. */
interface FirstContact {
  /** Nothing. */
  FirstContact NONE = (path, configuration) -> {};

  /**
   * Called before every access.
   *
   * @throws IOException if the file system can't be used
   */
  void make(Path path, Configuration configuration) throws IOException;

  /**
   * Asks for the path once, with a client that gives up soon. The clients' own defaults are made
   * for jobs that run already: S3's tries a wrong secret twenty times, in more than four minutes,
   * and HDFS's waits a quarter of an hour for a host that is not there.
   */
  final class Brief implements FirstContact {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Upper limits of attempts. */
    private static final Map<String, Integer> ATTEMPTS =
        Map.of(
            "fs.s3a.attempts.maximum", 4,
            "fs.s3a.retry.limit", 3,
            "ipc.client.connect.max.retries", 5,
            "ipc.client.connect.max.retries.on.timeouts", 3,
            "dfs.client.failover.max.attempts", 4);

    /** Upper limits of times, in milliseconds. */
    private static final Map<String, Long> TIMES =
        Map.of(
            "fs.s3a.connection.establish.timeout", 5_000L,
            "fs.s3a.connection.timeout", 10_000L,
            "ipc.client.connect.timeout", 5_000L);

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    @Override
    public void make(Path path, Configuration configuration) throws IOException {
      URI uri = path.toUri();
      URI fileSystem = uri.getScheme() == null ? FileSystem.getDefaultUri(configuration) : uri;
      if (fileSystem.getScheme().equals("file")) {
        return;
      }
      String name = fileSystem.getScheme() + "://" + fileSystem.getAuthority();
      if (!known.contains(name)) {
        ask(uri.getScheme() == null ? URI.create(name + "/") : uri, limited(configuration));
        known.add(name);
      }
    }

    private static void ask(URI path, Configuration configuration) throws IOException {
      FutureTask<Void> answer =
          new FutureTask<>(
              () -> {
                answer(path, configuration);
                return null;
              });
      Thread thread = new Thread(answer, "first contact with " + path.getScheme());
      thread.setDaemon(true);
      thread.start();
      try {
        answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      } catch (TimeoutException e) {
        answer.cancel(true);
        throw new SocketTimeoutException(
            "no answer within %d seconds".formatted(PATIENCE.toSeconds()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }

    private static void answer(URI path, Configuration configuration) throws IOException {
      try (FileSystem client = FileSystem.newInstance(path, configuration)) {
        client.getFileStatus(new Path(path));
      } catch (FileNotFoundException e) {
        // S3A says so of a bucket too, in a subclass; of anything else it is an answer.
        if (!e.getClass().equals(FileNotFoundException.class)) {
          throw e;
        }
      }
    }

    private static Configuration limited(Configuration configuration) {
      Configuration limited = new Configuration(configuration);
      ATTEMPTS.forEach(
          (key, most) -> limited.setInt(key, Math.min(most, limited.getInt(key, most))));
      TIMES.forEach(
          (key, most) ->
              limited.setLong(
                  key, Math.min(most, limited.getTimeDuration(key, most, TimeUnit.MILLISECONDS))));
      return limited;
    }
  }
}
