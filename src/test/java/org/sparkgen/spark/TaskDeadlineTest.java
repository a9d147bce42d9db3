package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

class TaskDeadlineTest {
  @Test
  void aTaskThatHangsEveryTimeEndsItsStage() {
    String message =
        LocalSpark.withSession(
            "local[1]",
            Map.of(TaskDeadline.SETTING, "200ms"),
            session -> {
              JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
              try (TaskDeadline deadline = TaskDeadline.watch(session.sparkContext())) {
                assertThat(deadline).isNotNull();
                context.parallelize(List.of(1), 1).foreach(number -> new CountDownLatch(1).await());
                return "it ended";
              } catch (Exception e) {
                assertThat(e).isInstanceOf(SparkException.class);
                return e.getMessage();
              }
            });

    assertThat(message).contains("task 0 of stage 0 hung", "taskDeadline", "4 times");
  }

  @Test
  void jobsOfOthersMayTakeTheirTime() throws InterruptedException {
    long finished =
        LocalSpark.withSession(
            "local[2]",
            Map.of(TaskDeadline.SETTING, "50ms"),
            session -> {
              JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
              TaskDeadline deadline = TaskDeadline.watch(session.sparkContext());
              try (deadline) {
                context.setLocalProperty(TaskDeadline.OURS, null);
                return context
                    .parallelize(List.of(1), 1)
                    .map(number -> new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS))
                    .count();
              }
            });

    assertThat(finished).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"30min, 1800000", "500ms, 500", "0, 0", "6h, 21600000"})
  void timesAreRead(String text, long millis) {
    assertThat(TaskDeadline.of(new SparkConf(false).set(TaskDeadline.SETTING, text)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"6 hours", "-1", "soon"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> TaskDeadline.of(new SparkConf(false).set(TaskDeadline.SETTING, text)))
        .withMessageContaining("'" + text + "'; it must be a time such as 30min")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
