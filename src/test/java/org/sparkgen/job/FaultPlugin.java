package org.sparkgen.job;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.util.TaskCompletionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks tasks of training rounds, in the executors of a real cluster. */
public final class FaultPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(FaultPlugin.class);
  private static final String FAULT = "sparkgen.fault.";

  /** What happens to a task. */
  enum Fault {
    /** It throws. */
    THROWS,
    /** Its executor is killed by the operating system. */
    EXECUTOR_KILLED,
    /** Its executor's JVM crashes in native code. */
    EXECUTOR_CRASHES,
    /** It never comes to an end, until somebody interrupts it. */
    HANGS,
    /** The disk of spark.local.dir is filled. */
    DISK_FILLED,
    /** It waits for the file that {@link #until} names. */
    WAITS
  }

  /** Which attempts it happens to. */
  enum Attempts {
    FIRST,
    EVERY
  }

  /**
   * Options of spark-submit.
   *
   * @param rounds the rounds that are hit, from 1
   * @param shards the shards that are hit, from 0
   */
  static List<String> options(
      Fault fault, Attempts attempts, List<Integer> rounds, List<Integer> shards) {
    return ChildJvm.settings(
        "spark.",
        "plugins=" + FaultPlugin.class.getName(),
        FAULT + "kind=" + fault,
        FAULT + "attempts=" + attempts,
        FAULT + "rounds=" + rounds,
        FAULT + "shards=" + shards);
  }

  /** An option of spark-submit: for which file tasks wait, in a folder that is there. */
  static List<String> until(Path file) {
    return ChildJvm.settings("spark.", FAULT + "until=" + file);
  }

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Breaker();
  }

  /** Fails the task at its end. */
  private static final class Thrower implements TaskCompletionListener {
    @Override
    public void onTaskCompletion(TaskContext task) {
      throw new IllegalStateException("injected");
    }
  }

  /** Sits in an executor. */
  private static final class Breaker implements ExecutorPlugin {
    private SparkConf conf;

    @Override
    public void init(PluginContext context, Map<String, String> extra) {
      conf = context.conf();
    }

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      String job = String.valueOf(task.getLocalProperty("spark.job.description"));
      boolean first = task.attemptNumber() == 0 && task.stageAttemptNumber() == 0;
      if (job.matches("round \\d+ .*: train .*")
          && isListed("rounds", job.split(" ", 3)[1])
          && isListed("shards", Integer.toString(task.partitionId()))
          && (first || Attempts.valueOf(setting("attempts")) == Attempts.EVERY)) {
        strike(Fault.valueOf(setting("kind")), task);
      }
    }

    private void strike(Fault fault, TaskContext task) {
      switch (fault) {
        // Spark forgives plugins that throw, but not listeners.
        case THROWS -> task.addTaskCompletionListener(new Thrower());
        case EXECUTOR_KILLED -> signal("KILL");
        case EXECUTOR_CRASHES -> signal("SEGV");
        case HANGS -> waitForever();
        case DISK_FILLED -> fill(Path.of(conf.get("spark.local.dir")));
        case WAITS -> waitFor(Path.of(setting("until")));
      }
    }

    private static void signal(String name) {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid()))
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      waitForever();
    }

    private static void fill(Path folder) {
      try (OutputStream out = Files.newOutputStream(folder.resolve("filler"))) {
        byte[] bytes = new byte[4096];
        while (true) {
          out.write(bytes);
        }
      } catch (IOException e) {
        LOG.info("No more space: {}", e.getMessage());
      }
    }

    private static void waitFor(Path file) {
      try (WatchService changes = FileSystems.getDefault().newWatchService()) {
        file.getParent().register(changes, StandardWatchEventKinds.ENTRY_CREATE);
        while (!Files.exists(file)) {
          changes.take().reset();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void waitForever() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private boolean isListed(String name, String value) {
      return List.of(setting(name).replaceAll("[\\[\\] ]", "").split(",")).contains(value);
    }

    private String setting(String name) {
      return conf.get("spark." + FAULT + name);
    }
  }
}
