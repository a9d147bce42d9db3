package org.sparkgen.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Gives a target input after input, and allows each some time and some memory. */
final class Fuzzer {
  private static final long DEADLINE_SECONDS = 20;
  private static final long MOST_BYTES = 400L << 20;

  /** One input in so many stays as it is after a change, checksums wrong. */
  private static final int UNREPAIRED = 8;

  private final FuzzTarget target;
  private final Mutator mutator;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private volatile byte[] current;
  private final AtomicLong executions = new AtomicLong();
  private long read;
  private long longestNanos;
  private long mostBytes;

  Fuzzer(FuzzTarget target, long number) {
    this.target = target;
    this.mutator = new Mutator(number, target.seeds());
  }

  /**
   * Runs all seeds and then as many changed ones as it takes.
   *
   * @return a line about it
   * @throws AssertionError with the input, if there is a finding
   */
  String run(long wanted) throws InterruptedException {
    long start = System.nanoTime();
    ExecutorService worker = Executors.newSingleThreadExecutor(Fuzzer::daemon);
    try {
      await(worker.submit(all(wanted)));
    } finally {
      worker.shutdownNow();
    }
    return String.format(
        Locale.ROOT,
        "FUZZ %-16s %,9d executions in %,5d s: %,9d read, %,9d refused; longest %,6.1f ms, most"
            + " memory %,6.1f MiB",
        target.name(),
        executions.get(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
        read,
        executions.get() - read,
        longestNanos / 1e6,
        mostBytes / (double) (1 << 20));
  }

  private static Thread daemon(Runnable work) {
    // A stack no deeper than a task's.
    Thread thread = new Thread(null, work, "fuzzer", 1 << 20);
    thread.setDaemon(true);
    return thread;
  }

  private Callable<Void> all(long wanted) {
    return () -> {
      for (byte[] seed : target.seeds()) {
        one(seed.clone());
      }
      while (executions.get() < wanted) {
        byte[] input = mutator.next();
        one(executions.get() % UNREPAIRED == 0 ? input : target.repair().apply(input));
      }
      return null;
    };
  }

  private void one(byte[] input) {
    current = input.clone();
    long thread = Thread.currentThread().getId();
    long bytes = threads.getThreadAllocatedBytes(thread);
    long start = System.nanoTime();
    try {
      read += target.decoder().read(input) == FuzzTarget.Verdict.READ ? 1 : 0;
    } catch (Throwable e) {
      throw finding("threw " + e, e);
    }
    longestNanos = Math.max(longestNanos, System.nanoTime() - start);
    mostBytes = Math.max(mostBytes, threads.getThreadAllocatedBytes(thread) - bytes);
    if (mostBytes > MOST_BYTES) {
      throw finding("took " + mostBytes + " bytes of memory", null);
    }
    executions.incrementAndGet();
  }

  /** Looks from time to time whether it still goes on. */
  private void await(Future<Void> work) throws InterruptedException {
    long seen = -1;
    while (true) {
      try {
        work.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (TimeoutException e) {
        if (executions.get() == seen) {
          throw finding("took longer than " + DEADLINE_SECONDS + " seconds", e);
        }
        seen = executions.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof AssertionError finding
            ? finding
            : new AssertionError(target + " can't be fuzzed", e.getCause());
      }
    }
  }

  private AssertionError finding(String what, Throwable cause) {
    return new AssertionError(
        "%s %s at execution %,d; the input in base 64: %s"
            .formatted(
                target.name(), what, executions.get(), Base64.getEncoder().encodeToString(current)),
        cause);
  }
}
