package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ConfigText;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.training.RoundMetrics;

/** The application jar on YARN, its containers real processes. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YarnIT {
  private final List<ChildJvm> children = new ArrayList<>();
  private Path folder;
  private Path hadoop;
  private MiniYARNCluster yarn;

  @BeforeAll
  void startYarn(@TempDir Path shared) throws IOException {
    folder = shared;
    YarnConfiguration settings = new YarnConfiguration();
    settings.setInt("yarn.nodemanager.resource.memory-mb", 8192);
    // The usual one wants a file of queues.
    settings.set(
        "yarn.resourcemanager.scheduler.class",
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    settings.setInt("yarn.scheduler.minimum-allocation-mb", 256);
    settings.setFloat(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 99.9f);
    settings.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    settings.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    settings.set("yarn.app.mapreduce.am.staging-dir", folder.resolve("staging").toString());
    yarn = new MiniYARNCluster("sparkgen", 2, 1, 1);
    yarn.init(settings);
    yarn.start();
    hadoop = Files.createDirectories(folder.resolve("hadoop"));
    Configuration running = yarn.getConfig();
    try (OutputStream out = Files.newOutputStream(hadoop.resolve("yarn-site.xml"))) {
      running.writeXml(out);
    }
    Files.writeString(hadoop.resolve("core-site.xml"), "<configuration/>");
  }

  @AfterAll
  void stopYarn() {
    yarn.stop();
  }

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
    children.clear();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void comesToTheBitsOfALocalRun(String mode) throws IOException {
    Path config = folder.resolve("small-" + mode + ".conf");
    String output = folder.resolve("run-" + mode).toString();
    Files.writeString(config, ConfigText.render(Trainings.vae(folder, "output.path=" + output)));

    ChildJvm training = submit(mode, config);

    assertThat(training.exitCode()).as(training.output()).isZero();
    TrainResult local =
        LocalSpark.withThreads(
            2,
            session ->
                Trainings.train(
                    Trainings.vae(folder, "output.path=" + folder.resolve("local-" + mode))));
    assertThat(Trainings.metrics(output))
        .extracting(RoundMetrics::weightsSha256)
        .containsExactlyElementsOf(
            Trainings.metrics(local.output()).stream().map(RoundMetrics::weightsSha256).toList());
    assertThat(Trainings.state(output)).isEqualTo(Trainings.state(local.output()));
  }

  private ChildJvm submit(String mode, Path config) {
    String java = System.getProperty("java.home");
    List<String> options = new ArrayList<>(List.of("--master", "yarn", "--deploy-mode", mode));
    options.addAll(List.of("--num-executors", "2", "--executor-cores", "1"));
    options.addAll(List.of("--driver-memory", "512m", "--executor-memory", "512m"));
    options.addAll(
        ChildJvm.settings(
            "spark.",
            "driver.memoryOverhead=512m",
            "executor.memoryOverhead=512m",
            "yarn.jars=local:" + Path.of(ChildJvm.sparkHome(), "jars", "*") + ",local:" + client(),
            "yarn.appMasterEnv.JAVA_HOME=" + java,
            "yarn.appMasterEnv.OMP_NUM_THREADS=1",
            "yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "executorEnv.SPARK_LOCAL_IP=127.0.0.1",
            "executorEnv.JAVA_HOME=" + java));
    ChildJvm child =
        ChildJvm.submitTraining(
            "yarn-" + mode,
            Map.of("HADOOP_CONF_DIR", hadoop.toString(), "JAVA_HOME", java),
            List.of(hadoop.toString(), client()),
            options,
            List.of(config.toString()));
    children.add(child);
    return child;
  }

  private static String client() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.matches(".*/spark-yarn_[0-9.]+-[0-9.]+\\.jar"))
        .findFirst()
        .orElseThrow();
  }
}
