package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Evaluations of finished and running trainings. */
@ExtendWith(LocalSpark.class)
class EvaluateJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  /** As the training's configuration says. */
  static EvaluateResult evaluate(Storage storage, String output) {
    return new EvaluateJob(storage, request(output)).run();
  }

  private static EvaluateRequest request(String output) {
    return new EvaluateRequest(
        output,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  private EvaluateRequest everything(String output) {
    return new EvaluateRequest(
        output,
        OptionalInt.of(10),
        OptionalInt.of(20),
        Optional.of(folder.resolve("features").toString()),
        OptionalInt.empty(),
        Optional.of(folder.resolve("metrics.json").toString()));
  }

  @Test
  void aFinishedTrainingIsMeasuredAsItsLastRoundWas(SparkSession session) {
    TrainResult vae = Trainings.train(Trainings.vae(folder));

    EvaluateResult result = evaluate(storage, vae.output());

    assertThat(result.round()).isEqualTo(3);
    assertThat(result.weightsSha256()).isEqualTo(vae.weightsSha256());
    double loss = vae.losses().get("heldOut.loss");
    assertThat(result.table())
        .contains("round 3 of " + vae.output() + ", on held-out examples")
        .containsPattern("metric +value +error +real data +n real +n generated")
        .containsPattern("loss +%.2f +24\n".formatted(loss))
        .containsPattern("active units +\\d of 4 +24\n");
  }

  @Test
  void everythingIsStatedWithItsCounts(SparkSession session) throws Exception {
    TrainResult vae =
        Trainings.train(Trainings.vae(folder, Trainings.labelled(folder, "model.classes=3")));

    EvaluateResult result = new EvaluateJob(storage, everything(vae.output())).run();

    JsonNode json = JSON.readTree(folder.resolve("metrics.json").toFile());
    assertThat(json.path("examples").asInt()).isEqualTo(24);
    assertThat(json.path("measuredOn").asText()).isEqualTo("held-out");
    assertThat(json.path("weightsSha256").asText()).isEqualTo(vae.weightsSha256());
    assertThat(json.path("losses").path("negativeElbo").asDouble())
        .isEqualTo(vae.losses().get("heldOut.negativeElbo"));
    assertThat(json.path("logLikelihood").path("value").asDouble())
        .as("a tighter bound than the ELBO's")
        .isGreaterThan(-vae.losses().get("heldOut.negativeElbo"));
    assertThat(json.path("logLikelihood").path("importanceSamples").asInt()).isEqualTo(10);
    for (String sets : new String[] {"samples", "floor"}) {
      JsonNode frechet = json.path(sets).path("frechetDistance");
      assertThat(frechet.path("real").asInt()).as(sets).isEqualTo(24);
      assertThat(frechet.path("compared").asInt()).as(sets).isEqualTo(20);
      assertThat(json.path(sets).path("manifold").path("real").asInt()).isEqualTo(20);
    }
    assertThat(json.path("classAgreement").path("samples").asInt()).isEqualTo(20);
    JsonNode features = json.path("features");
    TrainResult classifier =
        PastRun.of(storage, folder.resolve("features").toString()).trainResult();
    assertThat(features.path("sha256").asText()).isEqualTo(classifier.weightsSha256());
    assertThat(features.path("accuracy").asDouble())
        .isEqualTo(classifier.losses().get("heldOut.accuracy"));
    assertThat(features.path("features").asInt()).isEqualTo(128);
    assertThat(result.table())
        .containsPattern("log p\\(x\\), 10 samples +-\\S+ +\\S+ +24\n")
        .containsPattern("Frechet distance +\\S+ +\\S+ +24 +20\n")
        .containsPattern("kernel distance +\\S+ +\\S+ +\\S+ +20 +20\n")
        .containsPattern("class agreement +\\S+ +\\S+ +20\n")
        .contains("in 128 features of " + folder.resolve("features"), classifier.weightsSha256())
        .contains("Real data: 20 training examples in the place of samples", "same 24 held-out");
  }

  @Test
  void aRunningTrainingIsMeasuredAtItsNewestCheckpoint(SparkSession session) {
    String output = Trainings.vae(folder).output().path();
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                Trainings.train(
                    Trainings.vae(folder),
                    new MortalStorage(Death.AFTER, "round-000002/manifest.json")))
        .withMessage(MortalStorage.MESSAGE);

    EvaluateResult result = evaluate(storage, output);

    assertThat(result.round()).isEqualTo(2);
    assertThat(result.weightsSha256())
        .isEqualTo(Trainings.newest(output).snapshot().weightsSha256());
  }

  @Test
  void rowsAreScaledAsInTraining(SparkSession session) throws Exception {
    TrainResult rows = Trainings.train(Trainings.rows(folder));
    Path training = folder.resolve("train.csv");
    Files.writeString(training, Files.readString(training).replace(",100", ",900"));

    EvaluateResult result = evaluate(storage, rows.output());

    assertThat(result.table())
        .containsPattern("loss +%.2f +24\n".formatted(rows.losses().get("heldOut.loss")));
  }

  @Test
  void fewerExamplesCanBeUsed(SparkSession session) throws Exception {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    EvaluateRequest few =
        new EvaluateRequest(
            vae.output(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            OptionalInt.of(7),
            Optional.of(folder.resolve("few.json").toString()));

    new EvaluateJob(storage, few).run();

    JsonNode json = JSON.readTree(folder.resolve("few.json").toFile());
    assertThat(json.path("examples").asInt()).isEqualTo(7);
    assertThat(json.path("activeUnits").path("examples").asInt()).isEqualTo(7);
    assertThat(json.path("losses").path("loss").asDouble())
        .isNotEqualTo(vae.losses().get("heldOut.loss"));
  }

  @Test
  void whatChoseTheBestRoundNeedNotBeMeasuredAgain(SparkSession session) {
    TrainResult vae =
        Trainings.train(
            Trainings.vae(
                folder,
                "evaluation.importanceSamples=3",
                "evaluation.select=log-likelihood",
                "evaluation.patience=3"));
    EvaluateRequest losses =
        new EvaluateRequest(
            vae.output(),
            OptionalInt.of(0),
            OptionalInt.of(0),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty());

    EvaluateResult result = new EvaluateJob(storage, losses).run();

    assertThat(result.table()).contains("loss").doesNotContain("log p(x)");
    assertThat(result.round())
        .as("the round that was published")
        .isEqualTo(evaluate(storage, vae.output()).round());
  }

  @Test
  void nothingToMeasureIsRefusedBeforeSparkStarts(SparkSession session) {
    TrainResult gan = Trainings.train(Trainings.gan(folder));

    assertRefusedWithoutSpark(
        request(gan.output()), "nothing to measure: model.family = gan", "--features PATH");
  }

  /** That it needs no Spark is seen from a master with which none would start. */
  @Test
  void whatTheFamilyCannotDoIsRefusedBeforeSparkStarts(SparkSession session) {
    TrainResult rows = Trainings.train(Trainings.rows(folder));
    assertRefusedWithoutSpark(
        everything(rows.output()),
        "evaluation.importanceSamples = 10: must be 0",
        "evaluation.samples = 20: must be 0 for rows of numbers");
  }

  private void assertRefusedWithoutSpark(EvaluateRequest request, String... reasons) {
    LocalSpark.withoutSession(
        () -> {
          System.setProperty("spark.master", "nowhere");
          try {
            return assertThatExceptionOfType(JobException.class)
                .isThrownBy(() -> new EvaluateJob(storage, request).run())
                .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .satisfies(e -> assertThat(e.getMessage()).contains(reasons));
          } finally {
            System.clearProperty("spark.master");
          }
        });
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> evaluate(storage, folder.toString()))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining("holds no run");
  }

  @Test
  void aUsersNetworkGivesFeatures(SparkSession session) throws Exception {
    TrainResult gan = Trainings.train(Trainings.gan(folder));
    Path zip = folder.resolve("own.zip");
    ModelSerializer.writeModel(network(Trainings.SIDE * Trainings.SIDE), zip.toFile(), false);

    EvaluateResult result = new EvaluateJob(storage, in(gan.output(), zip)).run();

    assertThat(result.table())
        .containsPattern("Frechet distance +\\S+ +\\S+ +24 +20\n")
        .contains("in 5 features of " + zip, storage.sha256(zip.toString()))
        .doesNotContain("class agreement");
  }

  @Test
  void aUsersNetworkMustFit(SparkSession session) throws Exception {
    TrainResult gan = Trainings.train(Trainings.gan(folder));
    Path other = folder.resolve("other.zip");
    ModelSerializer.writeModel(network(10), other.toFile(), false);
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");

    assertRefused(
        in(gan.output(), other), "does not take the examples, [1, 1, 8, 8] or rows of 64");
    assertRefused(in(gan.output(), text), "there is no configuration.json in it");
  }

  private void assertRefused(EvaluateRequest request, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> new EvaluateJob(storage, request).run())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining("evaluation.features.path = ")
        .withMessageContaining(reason);
  }

  private static EvaluateRequest in(String output, Path zip) {
    return new EvaluateRequest(
        output,
        OptionalInt.empty(),
        OptionalInt.of(20),
        Optional.of(zip.toString()),
        OptionalInt.empty(),
        Optional.empty());
  }

  static MultiLayerNetwork network(int inputs) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(5).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    return network;
  }
}
