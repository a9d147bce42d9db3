package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.spark.time.SystemClockTimeSource;
import org.deeplearning4j.spark.time.TimeSourceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class SparkEnvironmentTest {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";
  private static final String CLOCK =
      "-Dorg.deeplearning4j.spark.time.TimeSource="
          + "org.deeplearning4j.spark.time.SystemClockTimeSource";

  @Test
  void sessionOfSomebodyElseIsUsedAndLeftRunning(SparkSession session) {
    try (SparkEnvironment environment = SparkEnvironment.open("mine")) {
      assertThat(environment.session().sparkContext()).isSameAs(session.sparkContext());
    }

    assertThat(session.sparkContext().isStopped()).isFalse();
    assertThat(session.sparkContext().appName()).isEqualTo("tests");
  }

  @Test
  void sessionOfOurOwnEndsWithTheJob() {
    Map<String, String> submitted =
        Map.of(
            "spark.master", "local[1]", "spark.ui.enabled", "false", OPTIONS, "-Dof.the.user=yes");
    SparkContext context =
        LocalSpark.withoutSession(() -> withSystemProperties(submitted, this::openAndInspect));

    assertThat(context.isStopped()).isTrue();
  }

  private SparkContext openAndInspect() {
    try (SparkEnvironment environment = SparkEnvironment.open("mine")) {
      SparkContext context = environment.session().sparkContext();
      assertThat(context.appName()).isEqualTo("mine");
      assertThat(context.conf().get(OPTIONS)).endsWith("-Dof.the.user=yes " + CLOCK);
      assertThat(TimeSourceProvider.getInstance()).isInstanceOf(SystemClockTimeSource.class);
      assertThat(environment.facts())
          .containsEntry("spark", "3.5.5")
          .containsEntry("master", "local[1]")
          .containsEntry("executors", "1")
          .containsEntry("parallelism", "1")
          .containsEntry("serializer", "JavaSerializer")
          .containsEntry("nativeThreads", "1");
      return context;
    }
  }

  @Test
  void whatASubmissionLeavesOutIsCompletedAndWhatItSaysIsKept() {
    SparkConf empty = SparkEnvironment.completed(new SparkConf(false));
    SparkConf full =
        SparkEnvironment.completed(
            new SparkConf(false)
                .set("spark.master", "yarn")
                .set("spark.executorEnv.OMP_NUM_THREADS", "2")
                .set(OPTIONS, "-Xss4m " + CLOCK));

    assertThat(empty.get("spark.master")).isEqualTo("local[*]");
    assertThat(empty.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(empty.get(OPTIONS)).isEqualTo(CLOCK);
    assertThat(full.get("spark.master")).isEqualTo("yarn");
    assertThat(full.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("2");
    assertThat(full.get(OPTIONS)).isEqualTo("-Xss4m " + CLOCK);
  }

  @Test
  void moreNativeThreadsThanOneAreAdvisedAgainst() {
    assertThat(SparkEnvironment.threadAdvice("1")).isEmpty();
    assertThat(SparkEnvironment.threadAdvice(null).orElseThrow())
        .startsWith("OMP_NUM_THREADS is not set in this process. Set it to 1");
    assertThat(SparkEnvironment.threadAdvice("8").orElseThrow()).contains("is 8 in");
  }

  private static <T> T withSystemProperties(Map<String, String> properties, Supplier<T> work) {
    properties.forEach(System::setProperty);
    try {
      return work.get();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }
}
