package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.RunFolder;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Trainings that don't come to their end, and what they leave behind. */
@ExtendWith(LocalSpark.class)
class TrainJobFailureTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  @Test
  void labelsThatAModelNeedsMustBeInRange(SparkSession session) {
    assertNotTrained(
        Trainings.classifier(folder, "model.classes=2"),
        "data.path = ",
        "there is a label 2, but model.classes = 2 allows labels from 0 to 1; make it 3");
  }

  @Test
  void labelsThatAModelNeedsMustBeThere(SparkSession session) throws IOException {
    Path pictures = Trainings.classFolders(folder.resolve("pictures"), "cat", "dog");
    Files.copy(pictures.resolve("cat/0.png"), pictures.resolve("loose.png"));

    assertNotTrained(
        Trainings.classifier(
            folder,
            "data.format=folder",
            "data.path=" + pictures,
            "data.labels=null",
            "data.heldOut=null",
            "evaluation.every=0",
            "model.classes=2"),
        "data.path = " + pictures,
        "1 of 5 examples have no label, but with model.classes = 2 every one needs its class");
  }

  private static void assertNotTrained(RunConfig config, String... reasons) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .satisfies(e -> assertThat(e).hasMessageContainingAll(reasons));
  }

  @Test
  void otherHeldOutDataThanTheRunWasBegunWithAreRefused(SparkSession session) throws IOException {
    Path pictures = Trainings.pictures(folder, "changing.idx", 20);
    RunConfig config = Trainings.vae(folder, "training.epochs=1", "data.heldOut.path=" + pictures);
    TrainResult result = Trainings.train(config);
    Files.delete(Path.of(result.output(), "_SUCCESS"));
    Trainings.pictures(folder, "changing.idx", 21);

    JobException failure = catchThrowableOfType(JobException.class, () -> Trainings.train(config));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(failure)
        .hasMessageContaining("data.heldOut.path = " + pictures + " holds other examples");
  }

  @Test
  void examplesThatCannotBeUsedAreNotKept(SparkSession session) {
    int before = session.sparkContext().getPersistentRDDs().size();
    RunConfig config = Trainings.classifier(folder, "model.classes=2");

    assertThat(
            catchThrowableOfType(
                JobException.class, () -> TrainingData.load(session, config).close()))
        .hasMessageContaining("model.classes = 2");

    assertThat(session.sparkContext().getPersistentRDDs().size()).isEqualTo(before);
  }

  @Test
  void otherDataThanTheRunWasBegunWithAreRefused(SparkSession session) throws IOException {
    Path pictures = Trainings.pictures(folder, "changing.idx", 40);
    RunConfig config = Trainings.vae(folder, "data.path=" + pictures);
    TrainResult result = Trainings.train(config);
    Files.delete(Path.of(result.output(), "_SUCCESS"));
    Trainings.pictures(folder, "changing.idx", 41);

    JobException failure = catchThrowableOfType(JobException.class, () -> Trainings.train(config));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(failure)
        .hasMessageContaining("holds other examples than when this run was begun")
        .hasMessageContaining("begin a new run with another output.path");
  }

  @Test
  void unreadableInputIsInTheResultFile(SparkSession session) throws IOException {
    RunConfig config = Trainings.vae(folder, "data.path=" + folder.resolve("absent.idx"));

    JobException failure = catchThrowableOfType(JobException.class, () -> Trainings.train(config));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(Files.readString(Path.of(config.output().path(), "result.json")))
        .contains("\"exitCode\" : 3", "\"status\" : \"failed\"", "absent.idx");
  }

  @Test
  void aRunThatFailedBeforeItsFirstRoundSaysSoAndCanBeCorrected(SparkSession session) {
    RunConfig wrong = Trainings.vae(folder, "data.path=" + folder.resolve("absent.idx"));
    assertNotTrained(wrong, "absent.idx");
    String output = wrong.output().path();

    assertThat(new DescribeJob(storage, output).run())
        .startsWith("small (vae), failed before its first round\n  reason ")
        .contains("absent.idx: there is no such file or folder");
    String failure =
        output + " has no checkpoint: its run failed before its first round: data.path";
    assertThat(catchThrowableOfType(JobException.class, () -> PastModel.of(storage, output, wrong)))
        .hasMessageStartingWith(failure)
        .hasMessageContaining("absent.idx");
    CompareRequest compare = new CompareRequest(output, output, Optional.empty());
    assertThat(
            catchThrowableOfType(JobException.class, () -> new CompareJob(storage, compare).run()))
        .hasMessageStartingWith(failure);

    TrainResult result = Trainings.train(Trainings.vae(folder, "training.epochs=1"));

    assertThat(result.ending()).isEqualTo(TrainResult.Ending.COMPLETE);
    assertThat(new DescribeJob(storage, output).run()).startsWith("small (vae), finished\n");
  }

  @Test
  void aRunThatHasNotBegunSaysSo() {
    RunConfig config = Trainings.vae(folder);
    RunFolder.open(
        storage,
        config.output().path(),
        ConfigText.render(config),
        ConfigText.flat(config),
        OverwritePolicy.REFUSE);

    assertThat(new DescribeJob(storage, config.output().path()).run())
        .startsWith("small (vae), not begun\n  reason          its examples are not read yet");
    assertThat(
            catchThrowableOfType(
                JobException.class, () -> PastModel.of(storage, config.output().path(), config)))
        .hasMessageEndingWith("has no checkpoint yet: wait for its first round to end");
  }

  @Test
  void divergenceStopsTheRunAndLeavesTheRoundBefore(SparkSession session) {
    RunConfig config =
        Trainings.vae(
            folder,
            "training.optimizer.kind=sgd",
            "training.optimizer.learningRate=1000",
            "training.averaging.every=1");

    JobException failure = catchThrowableOfType(JobException.class, () -> Trainings.train(config));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.DIVERGED);
    String output = config.output().path();
    int sound = Trainings.newest(output).round();
    assertThat(sound).isPositive();
    assertThat(failure)
        .hasMessageMatching(
            "round %d \\(epoch 1\\) diverged in shard \\d+: .*".formatted(sound + 1))
        .hasMessageContaining("Try a lower training.optimizer.learningRate");
    ResultRecord result = PastRun.of(storage, output).result().orElseThrow();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.reason()).contains(failure.getMessage());
    assertThat(result.rounds()).isEqualTo(sound);
    assertThat(Trainings.metrics(output)).hasSize(sound);
    assertThat(storage.exists(output + "/_SUCCESS")).isFalse();
    assertThat(storage.readText(output + "/report.html")).contains("diverged in shard");
  }
}
