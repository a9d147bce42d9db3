package org.sparkgen.checkpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;

/** Whether a driver is at work in an output folder, for those who would rather wait for it. */
public final class Occupancy {
  /** A driver that gives no sign of life for so long is dead: several heartbeats are missing. */
  public static final Duration SILENCE = Heartbeat.INTERVAL.multipliedBy(5);

  private Occupancy() {}

  /** Why a driver stops that is no longer the owner of its folder. */
  static final class Lost extends Exception {
    private static final long serialVersionUID = 1L;

    Lost(String message) {
      super(message);
    }
  }

  /** Whether a training ended because another driver took its folder over. */
  public static boolean wasLost(JobException e) {
    return e.getCause() instanceof Lost;
  }

  /**
   * A text that changes as long as the folder's driver lives, and with each new driver.
   *
   * @return empty if no driver holds the folder
   */
  public static Optional<String> trace(Storage storage, String runUri) {
    return text(storage, Storage.resolve(runUri, OutputNames.LEASE))
        .map(
            lease ->
                lease + text(storage, Storage.resolve(runUri, OutputNames.HEARTBEAT)).orElse(""));
  }

  private static Optional<String> text(Storage storage, String uri) {
    try {
      return Optional.of(new String(storage.readBytes(uri), StandardCharsets.UTF_8));
    } catch (JobException e) {
      if (StorageFailure.of(e) == StorageFailure.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
