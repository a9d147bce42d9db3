package org.sparkgen.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

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

  /** Marks the jobs of this application among those of a session. */
  static final String OURS = "spark.sparkgen.ours";

  private static final Logger LOG = LoggerFactory.getLogger(TaskDeadline.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final SparkContext context;
  private final Duration deadline;
  private final Running running = new Running();
  private final Map<Place, Integer> killed = new HashMap<>();

  /** Runs only where there is a deadline. */
  private Optional<Timer> clock = Optional.empty();

  private TaskDeadline(SparkContext context, Duration deadline) {
    this.context = context;
    this.deadline = deadline;
  }

  /**
   * The deadline of a session's tasks.
   *
   * @throws JobException USAGE if the setting is no time
   */
  static Duration of(SparkConf conf) {
    String text = conf.get(SETTING, DEFAULT);
    try {
      Duration deadline = Duration.ofMillis(JavaUtils.timeStringAs(text, TimeUnit.MILLISECONDS));
      if (!deadline.isNegative()) {
        return deadline;
      }
    } catch (NumberFormatException e) {
      throw noTime(text, e);
    }
    throw noTime(text, null);
  }

  private static JobException noTime(String text, Exception cause) {
    return new JobException(
        ExitCode.USAGE,
        "%s is '%s'; it must be a time such as 30min or 6h, or 0 for none".formatted(SETTING, text),
        cause);
  }

  /** Watches the tasks of the jobs that this thread and its children start from now on. */
  static TaskDeadline watch(SparkContext context) {
    TaskDeadline watch = new TaskDeadline(context, of(context.conf()));
    if (!watch.deadline.isZero()) {
      watch.start();
    }
    return watch;
  }

  private void start() {
    context.setLocalProperty(OURS, "true");
    context.addSparkListener(running);
    long tenth = Math.min(deadline.dividedBy(10).toMillis(), LONGEST_WAIT.toMillis());
    Timer timer = new Timer("task deadline", true);
    timer.schedule(new Check(), tenth, Math.max(1, tenth));
    clock = Optional.of(timer);
  }

  private void endTheHung() {
    long now = System.nanoTime();
    running.tasks.forEach(
        (task, since) -> {
          // What has not ended by then will be asked again.
          if (now - since.nanos() > deadline.toNanos()
              && running.tasks.replace(task, since, new Since(since.place(), now))) {
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
    clock.ifPresent(Timer::cancel);
    if (!context.isStopped()) {
      context.setLocalProperty(OURS, null);
      context.removeSparkListener(running);
    }
  }

  /** What the clock does. */
  private final class Check extends TimerTask {
    @Override
    public void run() {
      try {
        endTheHung();
      } catch (RuntimeException e) {
        // A context that is being stopped refuses; the clock goes on until it is told to stop.
        LOG.debug("Could not end a task", e);
      }
    }
  }

  /** A task, whichever attempt. */
  private record Place(int stage, int index) {}

  /** Since when an attempt runs. */
  private record Since(Place place, long nanos) {}

  /** Knows what is running. */
  private static final class Running extends SparkListener {
    private final Map<Long, Since> tasks = new ConcurrentHashMap<>();
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

    /** A session may be somebody else's, with jobs of their own. */
    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.properties() != null && stage.properties().containsKey(OURS)) {
        stages.add(stage.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      if (stages.contains(start.stageId())) {
        Place place = new Place(start.stageId(), start.taskInfo().index());
        tasks.put(start.taskInfo().taskId(), new Since(place, System.nanoTime()));
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasks.remove(end.taskInfo().taskId());
    }

    /** What a dropped event would leave behind. */
    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
      int ended = stage.stageInfo().stageId();
      stages.remove(ended);
      tasks.values().removeIf(since -> since.place().stage() == ended);
    }
  }
}
