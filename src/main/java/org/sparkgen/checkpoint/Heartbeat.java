package org.sparkgen.checkpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;

/**
 * Shows that the driver of an output folder is alive: {@code heartbeat.json} changes every few
 * seconds, from {@link #start} to {@link #close}, as long as the folder is this driver's. It is for
 * those who would rather wait than take over, see {@link Occupancy}; the lease does not depend on
 * it.
 */
public final class Heartbeat implements AutoCloseable {
  /** From one beat to the next. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Storage storage;
  private final String uri;
  private final Runnable ownership;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);
  private long beats;

  Heartbeat(Storage storage, String runUri, Runnable ownership) {
    this.storage = storage;
    this.uri = Storage.resolve(runUri, OutputNames.HEARTBEAT);
    this.ownership = ownership;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to beat. */
  public void start() {
    long millis = INTERVAL.toMillis();
    var unused = timer.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** One beat; a driver that lost the folder, or can't reach it, leaves it alone. */
  void beat() {
    try {
      ownership.run();
      beats++;
      storage.publish(uri, Long.toString(beats).getBytes(StandardCharsets.UTF_8));
    } catch (JobException e) {
      LOG.debug("No heartbeat: {}", e.getMessage());
    }
  }

  /** Beats no more, and leaves nothing behind. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (timer.awaitTermination(INTERVAL.toMillis(), TimeUnit.MILLISECONDS) && beats > 0) {
        storage.delete(uri);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (JobException e) {
      LOG.debug("The heartbeat stays: {}", e.getMessage());
    }
  }
}
