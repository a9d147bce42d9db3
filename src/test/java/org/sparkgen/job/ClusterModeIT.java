package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ConfigText;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.storage.Storage;

/** The driver on a standalone cluster, of which the submitter tells nothing: the output does. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterModeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Path folder;
  private Path config;
  private StandaloneCluster cluster;

  @BeforeAll
  void startCluster(@TempDir Path shared) throws IOException {
    folder = shared;
    config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    cluster = new StandaloneCluster("cluster-mode", folder, 2);
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @Test
  void aSubmitterThatWaitsReturnsWhenAllIsWritten() throws IOException {
    ChildJvm submitter = submit("waits", "true");

    assertThat(submitter.exitCode()).as(submitter.output()).isZero();
    assertThat(Path.of(output("waits"), "_SUCCESS")).as(driver("waits")).isNotEmptyFile();
    assertThat(result("waits").status()).isEqualTo(RunStatus.FINISHED);
    assertThat(result("waits").rounds()).isEqualTo(3);
  }

  @Test
  void aSubmitterThatDoesNotWaitReturnsAtOnceAndTheOutputTellsTheEnd() {
    ChildJvm submitter = submit("goes", "false");

    assertThat(submitter.exitCode()).as(submitter.output()).isZero();
    Path success = Path.of(output("goes"), "_SUCCESS");
    await().atMost(PATIENCE).pollInterval(INTERVAL).until(() -> Files.exists(success));
    assertThat(result("goes").status()).isEqualTo(RunStatus.FINISHED);
  }

  /** Of Spark 3.5: the state of a driver that failed is logged, and the exit code is 0. */
  @Test
  void theSubmitterReturnsZeroThoughTheDriverFails() throws IOException {
    ChildJvm submitter =
        submit("fails", "true", "--set", "data.path=" + folder.resolve("nothing.idx"));

    assertThat(submitter.exitCode()).as(submitter.output()).isZero();
    assertThat(driver("fails")).contains("RESULT status=failed code=3");
    assertThat(Path.of(output("fails"), "_SUCCESS")).doesNotExist();
  }

  private ChildJvm submit(String name, String wait, String... more) {
    List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
    options.addAll(List.of("--deploy-mode", "cluster", "--driver-memory", "512m"));
    options.addAll(List.of("--executor-memory", "512m", "--executor-cores", "1"));
    options.addAll(List.of("--total-executor-cores", "2"));
    // Which Spark adds by itself everywhere but here.
    options.addAll(List.of("--driver-java-options", JavaModuleOptions.defaultModuleOptions()));
    options.addAll(ChildJvm.settings("spark.standalone.submit.", "waitAppCompletion=" + wait));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(config.toString(), "--set", "output.path=" + output(name)));
    arguments.addAll(List.of(more));
    return ChildJvm.submitTraining("cluster-mode-" + name, options, arguments);
  }

  /** What the driver of a run wrote, where its worker keeps it. */
  private String driver(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.endsWith("stderr")).toList()) {
        String text = Files.readString(file);
        if (text.contains("DriverWrapper") && text.contains("output.path=" + output(name))) {
          return text;
        }
      }
    }
    return "no driver was started";
  }

  private String output(String name) {
    return folder.resolve(name).toString();
  }

  private ResultRecord result(String name) {
    return PastRun.of(Storage.open(), output(name)).result().orElseThrow();
  }
}
