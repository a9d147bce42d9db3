package org.sparkgen.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends tasks that hang, so that Spark runs them again. Spark itself waits for a task as long as its
 * executor is alive; speculation helps only where another machine has a free core.
 *
 * <p>A task that runs longer than {@value #SETTING} (a time such as {@code 30min}, default {@value
 * #DEFAULT}, 0 for none) is killed; with {@code spark.task.reaper.enabled}, which the session sets,
 * one that doesn't react takes its executor along. That does not count as a failure for Spark, so a
 * task that hangs {@value #ATTEMPTS} times ends its stage.
 */
final class TaskDeadline implements AutoCloseable {
  static final String SETTING = "spark.sparkgen.taskDeadline";
  static final String DEFAULT = "6h";
  static final int ATTEMPTS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(TaskDeadline.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final SparkContext context;
  private final Duration deadline;
  private final Running running = new Running();
  private final Map<Place, Integer> killed = new HashMap<>();
  private final Timer clock = new Timer("task deadline", true);

  private TaskDeadline(SparkContext context, Duration deadline) {
    this.context = context;
    this.deadline = deadline;
  }

  /** Watches all tasks of a context from now on. */
  static TaskDeadline watch(SparkContext context) {
    TaskDeadline watch = new TaskDeadline(context, of(context.conf()));
    if (!watch.deadline.isZero()) {
      context.addSparkListener(watch.running);
      long tenth = Math.min(watch.deadline.dividedBy(10).toMillis(), LONGEST_WAIT.toMillis());
      watch.clock.schedule(watch.new Check(), tenth, Math.max(1, tenth));
    }
    return watch;
  }

  private static Duration of(SparkConf conf) {
    return Duration.ofSeconds(conf.getTimeAsSeconds(SETTING, DEFAULT));
  }

  private void endTheHung() {
    long now = System.nanoTime();
    running.tasks.forEach(
        (task, since) -> {
          if (now - since.nanos() > deadline.toNanos() && running.tasks.remove(task, since)) {
            end(task, since.place());
          }
        });
  }

  private void end(long task, Place place) {
    int times = killed.merge(place, 1, Integer::sum);
    String reason =
        "task %d of stage %d hung: it ran longer than %s = %d s"
            .formatted(place.index(), place.stage(), SETTING, deadline.toSeconds());
    if (times < ATTEMPTS) {
      LOG.warn("{}; it is killed and run again", reason);
      context.killTaskAttempt(task, true, reason);
    } else {
      LOG.error("{}, {} times", reason, times);
      context.cancelStage(place.stage(), reason + ", %d times".formatted(times));
    }
  }

  @Override
  public void close() {
    clock.cancel();
    if (!context.isStopped()) {
      context.removeSparkListener(running);
    }
  }

  /** What the clock does. */
  private final class Check extends TimerTask {
    @Override
    public void run() {
      endTheHung();
    }
  }

  /** A task, whichever attempt. */
  private record Place(int stage, int index) {}

  /** Since when an attempt runs. */
  private record Since(Place place, long nanos) {}

  /** Knows what is running. */
  private static final class Running extends SparkListener {
    private final Map<Long, Since> tasks = new ConcurrentHashMap<>();

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      Place place = new Place(start.stageId(), start.taskInfo().index());
      tasks.put(start.taskInfo().taskId(), new Since(place, System.nanoTime()));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasks.remove(end.taskInfo().taskId());
    }

    /** What a dropped event would leave behind. */
    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      int ended = stage.stageInfo().stageId();
      tasks.values().removeIf(since -> since.place().stage() == ended);
    }
  }
}
