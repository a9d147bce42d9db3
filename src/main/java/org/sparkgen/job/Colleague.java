package org.sparkgen.job;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.checkpoint.Occupancy;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;

/** Waits for the driver of an output folder to end, rather than to take the folder from it. */
final class Colleague {
  private static final Logger LOG = LoggerFactory.getLogger(Colleague.class);
  private static final Duration POLL = Duration.ofSeconds(5);

  private final Storage storage;
  private final Pause pause;

  /** Lets time pass. */
  @FunctionalInterface
  interface Pause {
    void last(Duration time) throws InterruptedException;
  }

  Colleague(Storage storage) {
    this(storage, time -> Thread.sleep(time.toMillis()));
  }

  Colleague(Storage storage, Pause pause) {
    this.storage = storage;
    this.pause = pause;
  }

  /**
   * Returns when no driver holds a folder, or the one that holds it has given no sign of life for
   * {@link Occupancy#SILENCE}.
   *
   * @param work what the other driver is supposed to do, as {@code training the classifier ...}
   */
  void await(String output, String work) {
    Optional<String> seen = Occupancy.trace(storage, output);
    if (seen.isPresent()) {
      LOG.info(
          "Another driver is {} in {}, or was killed there: waiting until it ends, or gives no sign of life for {} s",
          work,
          output,
          Occupancy.SILENCE.toSeconds());
    }
    Duration silent = Duration.ZERO;
    while (seen.isPresent() && silent.compareTo(Occupancy.SILENCE) < 0) {
      sleep(output);
      Optional<String> now = Occupancy.trace(storage, output);
      silent = now.equals(seen) ? silent.plus(POLL) : Duration.ZERO;
      seen = now;
    }
    if (seen.isPresent()) {
      LOG.warn("The driver that held {} gives no sign of life: this one takes over", output);
    }
  }

  private void sleep(String output) {
    try {
      pause.last(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobException(
          ExitCode.INTERNAL, "interrupted while waiting for the driver of " + output, e);
    }
  }
}
