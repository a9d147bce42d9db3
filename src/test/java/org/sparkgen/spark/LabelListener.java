package org.sparkgen.spark;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Notes the descriptions of jobs and counts the tasks that write to a shuffle. */
final class LabelListener extends SparkListener {
  private final List<String> labels = new CopyOnWriteArrayList<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger shuffling = new AtomicInteger();

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    labels.add(start.properties().getProperty("spark.job.description"));
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    ended.incrementAndGet();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskType().equals("ShuffleMapTask")) {
      shuffling.incrementAndGet();
    }
  }

  /** The descriptions of all jobs, once so many have ended; stops listening. */
  List<String> awaitLabels(JavaSparkContext context, int jobs) {
    await().atMost(Duration.ofSeconds(10)).until(() -> ended.get() >= jobs);
    context.sc().removeSparkListener(this);
    return labels;
  }

  int trainedTasks() {
    return shuffling.get();
  }
}
