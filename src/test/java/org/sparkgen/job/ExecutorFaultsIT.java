package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ConfigText;
import org.sparkgen.job.FaultPlugin.Attempts;
import org.sparkgen.job.FaultPlugin.Fault;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** What executors and tasks can suffer on a real cluster, and that the weights never show it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutorFaultsIT {
  private static final List<Integer> ALL_ROUNDS = List.of(1, 2, 3);
  private static final List<Integer> ALL_SHARDS = List.of(0, 1, 2);
  private static final List<Integer> ONE_SHARD = List.of(1);

  private final List<ChildJvm> children = new ArrayList<>();
  private Path folder;
  private Path config;
  private StandaloneCluster cluster;

  @BeforeAll
  void trainUndisturbed(@TempDir Path shared) throws IOException {
    folder = shared;
    config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    cluster = new StandaloneCluster("faults", folder, 2);
    assertCompletes(train("undisturbed", 2, List.of()));
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
    children.clear();
  }

  @Test
  void anExecutorKilledInEveryRound() {
    ChildJvm training = hit("killed", Fault.EXECUTOR_KILLED, ALL_ROUNDS, ONE_SHARD);

    assertThat(training.output()).contains("Lost executor");
    assertSameAsUndisturbed("killed");
    System.out.printf(
        "seconds to train a round: undisturbed %s, with an executor killed in each %s%n",
        trainSeconds("undisturbed"), trainSeconds("killed"));
  }

  private List<String> trainSeconds(String name) {
    return Trainings.metrics(output(name)).stream()
        .map(metrics -> "%.1f".formatted(metrics.seconds().get("train")))
        .toList();
  }

  @Test
  @Tag("slow")
  void oneTaskThatThrows() {
    ChildJvm training = hit("throws", Fault.THROWS, ALL_ROUNDS, ONE_SHARD);

    assertThat(training.output()).contains("Lost task 1.0").contains("injected");
    assertSameAsUndisturbed("throws");
  }

  @Test
  @Tag("slow")
  void allTasksThatThrow() {
    ChildJvm training = hit("all-throw", Fault.THROWS, ALL_ROUNDS, ALL_SHARDS);

    assertThat(training.output()).contains("Lost task 0.0").contains("injected");
    assertSameAsUndisturbed("all-throw");
  }

  @Test
  @Tag("slow")
  void anExecutorThatCrashesInNativeCode() {
    ChildJvm training = hit("crash", Fault.EXECUTOR_CRASHES, List.of(2), ONE_SHARD);

    assertThat(training.output()).contains("Lost executor");
    assertSameAsUndisturbed("crash");
  }

  @Test
  @Tag("slow")
  void aTaskThatAlwaysFailsEndsTheRunAndLosesNothing() {
    ChildJvm training =
        train("always", 2, faults(Fault.THROWS, Attempts.EVERY, List.of(2), ONE_SHARD));

    assertThat(training.exitCode()).as(training.output()).isEqualTo(70);
    assertThat(training.lastLine())
        .startsWith("RESULT status=failed code=70")
        .contains("round 2 (epoch 2) failed after Spark's retries");
    ResultRecord result = PastRun.of(Storage.open(), output("always")).result().orElseThrow();
    assertThat(result.rounds()).isEqualTo(1);
    assertThat(Trainings.newest(output("always")).round()).isEqualTo(1);

    ChildJvm again = train("always", 2, List.of());
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.lastLine()).startsWith("RESULT status=resumed-and-complete code=0");
    assertSameAsUndisturbed("always");
  }

  @Test
  @Tag("slow")
  void aSlowTaskAndItsSpeculativeCopyCountOnce() {
    List<String> options =
        new ArrayList<>(faults(Fault.HANGS, Attempts.FIRST, List.of(2), ONE_SHARD));
    options.addAll(
        ChildJvm.settings(
            "spark.speculation",
            "=true",
            ".interval=100ms",
            ".quantile=0.5",
            ".multiplier=1.1",
            ".minTaskRuntime=100ms"));

    assertCompletes(train("speculation", 4, options));

    assertSameAsUndisturbed("speculation");
  }

  @Test
  @Tag("slow")
  void aTaskThatHangsIsEndedAtItsDeadline() {
    List<String> options =
        new ArrayList<>(faults(Fault.HANGS, Attempts.FIRST, List.of(2), ONE_SHARD));
    options.addAll(ChildJvm.settings("spark.sparkgen.", "taskDeadline=5s"));

    ChildJvm training = train("hangs", 2, options);

    assertCompletes(training);
    assertThat(training.output())
        .containsPattern("task 1 of stage \\d+ hung: .*taskDeadline = 5 s; it is killed");
    assertSameAsUndisturbed("hangs");
  }

  /** Executors that are idle for a second leave, with the pictures that they keep. */
  @Test
  @Tag("slow")
  void executorsThatComeAndGo() {
    List<String> options =
        ChildJvm.settings(
            "spark.dynamicAllocation.",
            "enabled=true",
            "shuffleTracking.enabled=true",
            "shuffleTracking.timeout=1s",
            "executorIdleTimeout=1s",
            "cachedExecutorIdleTimeout=1s",
            "minExecutors=0",
            "maxExecutors=4");

    ChildJvm training = train("dynamic", 4, options);

    assertCompletes(training);
    assertThat(training.output()).contains("executor idle");
    assertSameAsUndisturbed("dynamic");
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 4})
  void anyNumberOfExecutors(int executors) {
    assertCompletes(train("executors" + executors, executors, List.of()));

    assertSameAsUndisturbed("executors" + executors);
  }

  private ChildJvm hit(String name, Fault fault, List<Integer> rounds, List<Integer> shards) {
    ChildJvm training = train(name, 2, faults(fault, Attempts.FIRST, rounds, shards));
    assertCompletes(training);
    return training;
  }

  private static List<String> faults(
      Fault fault, Attempts attempts, List<Integer> rounds, List<Integer> shards) {
    return FaultPlugin.options(fault, attempts, rounds, shards);
  }

  private ChildJvm train(String name, int executors, List<String> more) {
    List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
    options.addAll(List.of("--executor-memory", "512m", "--executor-cores", "1"));
    options.addAll(List.of("--total-executor-cores", Integer.toString(executors)));
    options.addAll(
        ChildJvm.settings(
            "spark.",
            "scheduler.minRegisteredResourcesRatio=1.0",
            "scheduler.maxRegisteredResourcesWaitingTime=60s",
            "executor.extraClassPath=" + ChildJvm.testClasses()));
    options.addAll(more);
    ChildJvm child =
        ChildJvm.submitTrainingWithTestClasses(
            "fault-" + name,
            options,
            List.of(config.toString(), "--set", "output.path=" + output(name)));
    children.add(child);
    return child;
  }

  private String output(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertCompletes(ChildJvm child) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.lastLine())
        .as(child.output())
        .startsWith("RESULT status=complete code=0 reason=\"");
  }

  private void assertSameAsUndisturbed(String name) {
    assertThat(Trainings.metrics(output(name)))
        .extracting(RoundMetrics::weightsSha256)
        .containsExactlyElementsOf(
            Trainings.metrics(output("undisturbed")).stream()
                .map(RoundMetrics::weightsSha256)
                .toList());
    assertThat(Trainings.metrics(output(name)))
        .extracting(RoundMetrics::examples)
        .containsOnly(120L);
    assertThat(Trainings.state(output(name))).isEqualTo(Trainings.state(output("undisturbed")));
  }
}
