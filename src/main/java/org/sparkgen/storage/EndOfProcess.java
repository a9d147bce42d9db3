package org.sparkgen.storage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets work that a signal interrupts write down how it ended: a process that is told to end stops
 * Spark, upon which the work fails, and closes Hadoop's file systems right after. While this is
 * open, it waits in between, 10 seconds at most.
 */
public final class EndOfProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndOfProcess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** After Spark's hook, which is 20 above, and before that of Hadoop's file systems. */
  private static final int PRIORITY = FileSystem.SHUTDOWN_HOOK_PRIORITY + 10;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable hook = this::await;

  /** Lets the end of the process wait from now on, until this is closed. */
  public void delay() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.addShutdownHook(hook, PRIORITY, 2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void await() {
    try {
      if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn(
            "What is under way does not end within {} s; not waited for", PATIENCE.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(hook);
    }
  }
}
