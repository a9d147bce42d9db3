package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.InputKind;
import org.sparkgen.report.DataSummary;
import org.sparkgen.spark.BadInputs;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** A training on a folder of every kind of good and bad file: accepted + rejected = listed. */
@ExtendWith(LocalSpark.class)
class BadInputsTest {
  private final BadInputs inputs = new BadInputs();
  @TempDir private Path folder;

  private RunConfig config(double maxRejectedFraction) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    inputs.write(pictures);
    return Trainings.vae(
        folder,
        "data.path=" + pictures,
        "data.format=folder",
        "data.heldOut.path=" + pictures.resolve("good"),
        "data.maxRejectedFraction=" + maxRejectedFraction,
        "training.epochs=1");
  }

  @Test
  void everyFileIsTrainedOnOrRejectedWithItsReason(SparkSession session) throws IOException {
    AtomicInteger failures = new AtomicInteger();
    session
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                failures.addAndGet(end.taskInfo().successful() ? 0 : 1);
              }
            });

    TrainResult result = Trainings.train(config(0.9));

    DataSummary data = PastRun.of(Storage.open(), result.output()).record().data();
    assertThat(data.rejected()).isEqualTo(inputs.bad().size());
    assertThat(data.listed()).isEqualTo(inputs.good() + inputs.bad().size());
    assertThat(Trainings.metrics(result.output()).get(0).examples()).isEqualTo(inputs.good());
    assertThat(failures).as("a bad file is no reason to try again").hasValue(0);
    assertRejects(session.read().json(result.output() + "/rejects").collectAsList());
    System.out.printf("BAD INPUTS %d accepted, %d rejected%n", inputs.good(), inputs.bad().size());
  }

  /** One row for each bad file, with its own reason. */
  private void assertRejects(List<Row> rows) {
    Map<String, String> reasons = new TreeMap<>();
    for (Row row : rows) {
      String path = row.getAs("path");
      assertThat(reasons.put(path.substring(path.lastIndexOf("/bad/") + 1), row.getAs("reason")))
          .isNull();
      assertThat(row.<Long>getAs("index")).isZero();
      assertThat(row.<Long>getAs("count")).isOne();
    }
    assertThat(reasons).containsOnlyKeys(inputs.bad().keySet());
    List<String> wrong = new ArrayList<>();
    for (InputKind kind : inputs.bad().values()) {
      if (!reasons.get(kind.name()).contains(kind.reason().orElseThrow())) {
        wrong.add(kind.name() + ": " + reasons.get(kind.name()));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(reasons.values()).noneMatch(String::isBlank);
  }

  @Test
  void tooManyBadFilesStopTheRun(SparkSession session) throws IOException {
    RunConfig config = config(0.1);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config))
        .withMessageContaining(
            "%d of %d listed examples can't be used",
            inputs.bad().size(), inputs.good() + inputs.bad().size())
        .withMessageContaining("more than data.maxRejectedFraction = 0.1 allows")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT));
  }
}
