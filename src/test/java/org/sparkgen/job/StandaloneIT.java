package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.checkpoint.FileRecord;
import org.sparkgen.config.ConfigText;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** The application jar on a standalone cluster of real processes: a master and two workers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneIT {
  private Path folder;
  private StandaloneCluster cluster;

  @BeforeAll
  void startCluster(@TempDir Path shared) {
    folder = shared;
    cluster = new StandaloneCluster("cluster", folder, 1);
  }

  @AfterAll
  void stopCluster() {
    cluster.close();
  }

  @Test
  void comesToTheBitsOfALocalRunAndKnowsWhenItIsDone() throws IOException {
    Path config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    String output = folder.resolve("run").toString();

    ChildJvm training = submit("training", config);
    assertThat(training.exitCode()).as(training.output()).isZero();
    assertThat(training.lastLine())
        .as(training.output())
        .startsWith("RESULT status=complete code=0");
    assertWhole(output);

    TrainResult local =
        LocalSpark.withThreads(
            2,
            session ->
                Trainings.train(Trainings.vae(folder, "output.path=" + folder.resolve("local"))));
    assertThat(Trainings.metrics(output))
        .extracting(RoundMetrics::weightsSha256)
        .containsExactlyElementsOf(
            Trainings.metrics(local.output()).stream().map(RoundMetrics::weightsSha256).toList());
    assertThat(Trainings.state(output)).isEqualTo(Trainings.state(local.output()));

    ChildJvm again = submit("again", config);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.lastLine())
        .as(again.output())
        .startsWith("RESULT status=already-complete code=0")
        .contains(local.weightsSha256());
  }

  private ChildJvm submit(String name, Path config) {
    List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
    options.addAll(List.of("--executor-memory", "512m", "--executor-cores", "1"));
    // Begins when both executors are there: the record is to name both.
    options.addAll(List.of("--total-executor-cores", "2"));
    options.addAll(
        ChildJvm.settings(
            "spark.scheduler.",
            "minRegisteredResourcesRatio=1.0",
            "maxRegisteredResourcesWaitingTime=60s"));
    return ChildJvm.submitTraining("cluster-" + name, options, List.of(config.toString()));
  }

  private void assertWhole(String output) {
    Completion completion = Completion.read(Storage.open(), output).orElseThrow();
    assertThat(completion.damages(Storage.open(), output)).isEmpty();
    assertThat(completion.files())
        .extracting(FileRecord::name)
        .contains("report.html", "artifacts/decoder.zip", "samples/samples.parquet/_SUCCESS");
    assertThat(PastRun.of(Storage.open(), output).record().versions().facts())
        .containsEntry("master", cluster.master())
        .containsEntry("executors", "2")
        .containsEntry("nativeThreads", "1");
  }
}
