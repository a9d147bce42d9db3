package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** Generated against real examples during a training, in a classifier's features. */
@ExtendWith(LocalSpark.class)
class SampleMetricsTest {
  private static final String[] COMPARED = {
    "heldOut.frechetDistance",
    "heldOut.frechetFloor",
    "heldOut.kernelDistance",
    "heldOut.kernelStandardError",
    "heldOut.kernelFloor",
    "heldOut.precision",
    "heldOut.recall",
    "heldOut.density",
    "heldOut.coverage",
    "heldOut.precisionReal",
    "heldOut.recallReal",
    "heldOut.densityReal",
    "heldOut.coverageReal"
  };

  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private String[] compared(String... overrides) {
    List<String> all = new ArrayList<>();
    all.add("evaluation.samples=30");
    all.add("evaluation.features.path=" + folder.resolve("features"));
    all.add("evaluation.features.epochs=2");
    all.addAll(List.of(overrides));
    return Trainings.labelled(folder, all.toArray(String[]::new));
  }

  private Map<String, String> digests() {
    return storage.listFiles(folder.resolve("features").toString()).stream()
        .collect(Collectors.toMap(StorageEntry::name, file -> storage.sha256(file.uri())));
  }

  @Test
  void theClassifierIsTrainedOnceAndStated(SparkSession session) throws Exception {
    TrainResult gan = Trainings.train(Trainings.gan(folder, compared()));

    assertThat(gan.losses()).containsKeys(COMPARED).doesNotContainKey("heldOut.classAgreement");
    assertThat(gan.losses().get("heldOut.frechetDistance"))
        .isGreaterThan(gan.losses().get("heldOut.frechetFloor"))
        .isPositive();
    Map<String, String> classifier = digests();
    assertThat(classifier).containsKeys("_SUCCESS", "artifacts/classifier.zip");
    TrainResult features = PastRun.of(storage, folder.resolve("features").toString()).trainResult();
    assertThat(features.rounds()).isEqualTo(2);
    assertThat(Files.readString(Path.of(gan.output(), "result.json")))
        .contains(features.weightsSha256(), "\"measuredOn\" : \"held-out\"");

    TrainResult vae =
        Trainings.train(
            Trainings.vae(
                folder,
                compared(
                    "output.path=" + folder.resolve("vae"),
                    "data.shards=2",
                    "evaluation.samples=300")));
    assertThat(vae.losses())
        .as("no more samples than there are training examples for the floor")
        .containsKeys(COMPARED)
        .containsEntry("heldOut.sampleCount", 120.0)
        .containsEntry("heldOut.realCount", 24.0);
    assertThat(Files.readString(Path.of(vae.output(), "report.html")))
        .contains("Compared are 24 real examples and 120 samples");
    assertThat(digests()).as("another run uses it as it is").isEqualTo(classifier);
  }

  @Test
  void theMetricsDoNotDependOnTheNumberOfThreads(@TempDir Path elsewhere) {
    RunConfig one =
        Trainings.vae(folder, compared("model.classes=3", "evaluation.importanceSamples=5"));
    TrainResult single = LocalSpark.withThreads(1, session -> Trainings.train(one));
    RunConfig two =
        Trainings.vae(
            folder,
            compared(
                "model.classes=3",
                "evaluation.importanceSamples=5",
                "evaluation.features.path=" + elsewhere.resolve("features"),
                "output.path=" + elsewhere.resolve("vae")));
    TrainResult twofold = LocalSpark.withThreads(2, session -> Trainings.train(two));

    assertThat(single.losses())
        .containsKeys(COMPARED)
        .containsKeys(
            "heldOut.classAgreement",
            "heldOut.logLikelihood",
            "heldOut.logLikelihoodStandardError",
            "heldOut.activeUnits");
    assertThat(twofold.losses()).isEqualTo(single.losses());
  }

  @Test
  void whatCannotBeMeasuredIsNotTrained(SparkSession session) throws Exception {
    MultiLayerNetwork network = EvaluateJobTest.network(Trainings.SIDE * Trainings.SIDE);
    Path sound = folder.resolve("sound.zip");
    ModelSerializer.writeModel(network, sound.toFile(), false);
    network.params().assign(Double.NaN);
    Path broken = folder.resolve("broken.zip");
    ModelSerializer.writeModel(network, broken.toFile(), false);

    assertNotTrained(
        Trainings.gan(folder, compared("evaluation.features.path=" + broken)),
        ExitCode.DIVERGED,
        "distances need finite features");
    String few = Trainings.pictures(folder, "few.idx", 5).toString();
    assertNotTrained(
        Trainings.gan(
            folder,
            compared(
                "evaluation.features.path=" + sound,
                "data.heldOut.path=" + few,
                "data.heldOut.labels=null",
                "output.path=" + folder.resolve("other"))),
        ExitCode.INPUT,
        "samples can't be compared with 5 real examples, at least 6 are needed");
  }

  private static void assertNotTrained(RunConfig config, ExitCode code, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code))
        .withMessageContaining(reason);
    assertThat(Path.of(config.output().path(), "metrics.jsonl")).doesNotExist();
  }

  @Test
  void withoutLabelsNoClassifierCanBeTrained(SparkSession session) {
    RunConfig config =
        Trainings.gan(folder, compared("data.labels=null", "data.heldOut.labels=null"));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining("holds no classifier")
        .withMessageContaining("name a Deeplearning4j network's .zip");
  }

  @Test
  void aRunOfAnotherFamilyGivesNoFeatures(SparkSession session) {
    TrainResult vae =
        Trainings.train(Trainings.vae(folder, "output.path=" + folder.resolve("features")));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(Trainings.gan(folder, compared())))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(vae.output())
        .withMessageContaining("holds a run of another model.family");
  }
}
