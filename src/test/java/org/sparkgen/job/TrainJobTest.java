package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractBooleanAssert;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.checkpoint.FileRecord;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.TrainResult.Ending;
import org.sparkgen.report.Artifact;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunStatus;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.training.RoundMetrics;

/** Trainings from their first file to their last. */
@ExtendWith(LocalSpark.class)
class TrainJobTest {
  private static final int SAMPLES = 20;

  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  @Test
  void aVaeLeavesEverythingBehind(SparkSession session) throws IOException {
    RunConfig config = Trainings.vae(folder);

    TrainResult result = Trainings.train(config);

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.rounds()).isEqualTo(3);
    assertThat(result.losses())
        .containsOnlyKeys(
            "heldOut.activeUnits",
            "heldOut.kl",
            "heldOut.latentUnits",
            "heldOut.loss",
            "heldOut.negativeElbo",
            "heldOut.reconstruction",
            "kl",
            "loss",
            "negativeElbo",
            "reconstruction");
    assertThat(names(result))
        .contains(
            "run.json",
            "metrics.jsonl",
            "samples/final.png",
            "samples/round-000001.png",
            "samples/round-000002.png",
            "samples/round-000003.png",
            "reconstructions/final.png",
            "interpolations/final.png",
            "latent-map/final.svg",
            "traversals/final.png",
            "artifacts/encoder.zip",
            "artifacts/decoder.zip",
            "artifacts/model.json",
            "artifacts/SHA256SUMS",
            "timeline/spark.html",
            "timeline/spark.csv",
            "report.html",
            "result.json",
            "_SUCCESS",
            "checkpoints/round-000002/manifest.json",
            "checkpoints/round-000003/manifest.json")
        .doesNotContain("checkpoints/round-000001/manifest.json", "lease.json");
    assertRounds(result, 120);
    assertWhole(result);
    assertSamples(session, result);
    assertRestores(result, "encoder", 64, 8);
    assertRestores(result, "decoder", 4, 64);
    assertSelfContainedReport(result);
  }

  @Test
  void aGanLeavesEverythingBehind(SparkSession session) throws IOException {
    RunConfig config = Trainings.gan(folder);

    TrainResult result = Trainings.train(config);

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.losses())
        .containsOnlyKeys(
            "discriminator", "discriminatorOnFake", "discriminatorOnReal", "generator");
    assertThat(names(result))
        .contains(
            "samples/final.png",
            "interpolations/final.png",
            "traversals/final.png",
            "artifacts/generator.zip",
            "artifacts/discriminator.zip",
            "artifacts/model.json")
        .doesNotContain("reconstructions/final.png", "latent-map/final.svg");
    assertRounds(result, 120);
    assertWhole(result);
    assertSamples(session, result);
    assertRestores(result, "generator", 4, 64);
    assertRestores(result, "discriminator", 64, 1);
    assertSelfContainedReport(result);
  }

  @Test
  void aPlainAutoencoderLearnsRowsOfNumbers(SparkSession session) throws IOException {
    TrainResult result = Trainings.train(Trainings.rows(folder));

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.losses())
        .containsOnlyKeys("heldOut.loss", "heldOut.reconstruction", "loss", "reconstruction");
    assertRounds(result, 120);
    List<RoundMetrics> metrics = Trainings.metrics(result.output());
    assertThat(metrics.get(2).losses().get("heldOut.loss"))
        .isLessThan(metrics.get(0).losses().get("heldOut.loss"));
    assertThat(names(result))
        .contains("artifacts/encoder.zip", "artifacts/decoder.zip", "report.html", "_SUCCESS")
        .noneMatch(name -> name.endsWith(".png"))
        .noneMatch(name -> name.startsWith("samples/"));
    assertWhole(result);
    assertRestores(result, "encoder", 5, 2);
    assertRestores(result, "decoder", 2, 5);
  }

  @Test
  void aClassifierIsTrainedLikeAnyModel(SparkSession session) throws IOException {
    RunConfig config = Trainings.classifier(folder, "training.optimizer.learningRate=0.02");

    TrainResult result = Trainings.train(config);

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.losses())
        .containsOnlyKeys("accuracy", "heldOut.accuracy", "heldOut.loss", "loss");
    assertThat(result.losses().get("heldOut.accuracy")).isGreaterThan(0.5);
    assertRounds(result, 120);
    assertThat(names(result))
        .contains("artifacts/classifier.zip", "artifacts/model.json", "report.html", "_SUCCESS")
        .noneMatch(name -> name.endsWith(".png"))
        .noneMatch(name -> name.startsWith("samples/"));
    assertWhole(result);
    assertRestores(result, "classifier", 64, Trainings.CLASSES);
    assertThat(storage.readText(result.output() + "/artifacts/model.json"))
        .contains("\"features\" : 16", "\"output\" : \"[N,3] logits\"")
        .doesNotContain("latent");
  }

  /** That it wants no Spark is seen from a master with which none would start. */
  @Test
  void theSameCommandAgainDoesNothingAndNeedsNoSpark(SparkSession session) throws IOException {
    RunConfig config = Trainings.vae(folder);
    TrainResult first = Trainings.train(config);
    Map<String, String> before = digests(first);

    TrainResult second =
        LocalSpark.withoutSession(
            () -> {
              System.setProperty("spark.master", "nowhere");
              try {
                return Trainings.train(config);
              } finally {
                System.clearProperty("spark.master");
              }
            });

    assertThat(second)
        .isEqualTo(
            new TrainResult(
                Ending.ALREADY_COMPLETE,
                first.output(),
                first.rounds(),
                first.losses(),
                first.weightsSha256()));
    assertThat(digests(second)).isEqualTo(before);
  }

  @Test
  void anotherConfigurationIsRefusedUntilItMayOverwrite(SparkSession session) throws IOException {
    TrainResult first = Trainings.train(Trainings.vae(folder));
    Map<String, String> before = digests(first);
    RunConfig other =
        Trainings.vae(folder, "model.latent=5", "training.optimizer.learningRate=0.01");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(other))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining("model.latent: there 4, here 5")
        .withMessageContaining("training.optimizer.learningRate: there 0.001, here 0.01")
        .withMessageNotContaining("run.seed");
    assertThat(digests(first)).isEqualTo(before);

    TrainResult second = new TrainJob(other, OverwritePolicy.OVERWRITE, storage).run();
    assertThat(second.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(second.weightsSha256()).isNotEqualTo(first.weightsSha256());
    assertRestores(second, "decoder", 5, 64);
    assertWhole(second);
  }

  @Test
  void shardsCanMeetEveryFewBatches(SparkSession session) {
    RunConfig config =
        Trainings.vae(
            folder, "training.epochs=2", "training.batchSize=8", "training.averaging.every=2");

    TrainResult result = Trainings.train(config);

    List<Long> shards = run(result).record().data().shardExamples();
    long longest = shards.stream().mapToLong(n -> (n + 7) / 8).max().orElseThrow();
    int perEpoch = (int) ((longest + 1) / 2);
    assertThat(perEpoch).isGreaterThan(1);
    List<RoundMetrics> metrics = Trainings.metrics(result.output());
    assertThat(metrics).hasSize(2 * perEpoch);
    assertThat(metrics).extracting(RoundMetrics::epoch).startsWith(1, 1).endsWith(2, 2);
    assertThat(metrics.get(0).examples()).isEqualTo(shards.size() * 16L);
    assertThat(metrics.subList(0, perEpoch).stream().mapToLong(RoundMetrics::examples).sum())
        .isEqualTo(120);
  }

  @Test
  void theMovingAverageIsPublishedAndTrainingGoesOnWithoutIt(SparkSession session)
      throws IOException {
    TrainResult plain = Trainings.train(Trainings.vae(folder));
    RunConfig config =
        Trainings.vae(
            folder,
            "output.path=" + folder.resolve("averaged"),
            "training.averaging.emaHalfLife=200");
    TrainResult averaged = Trainings.train(config);

    TrainingState state = TrainingState.restored(Trainings.newest(averaged.output()).snapshot());
    String published = state.published().weightsSha256();
    assertThat(averaged.weightsSha256())
        .isEqualTo(plain.weightsSha256())
        .isEqualTo(state.plain().weightsSha256())
        .isNotEqualTo(published);
    assertThat(averaged.losses().get("loss")).isEqualTo(plain.losses().get("loss"));
    assertThat(averaged.losses().get("heldOut.loss"))
        .isNotEqualTo(plain.losses().get("heldOut.loss"));
    assertThat(storage.readText(averaged.output() + "/artifacts/model.json")).contains(published);
    byte[] zip = Files.readAllBytes(Path.of(averaged.output(), "artifacts/encoder.zip"));
    assertThat(
            ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip))
                .params()
                .toFloatVector())
        .isEqualTo(state.published().nets().get("encoder").parameters());
    assertSamePicture(plain, averaged, "samples/round-000001.png").isTrue();
    assertSamePicture(plain, averaged, "samples/round-000003.png").isFalse();
    assertSamePicture(plain, averaged, "samples/final.png").isFalse();
    assertSamePicture(plain, averaged, "reconstructions/final.png").isFalse();
    SampleResult samples =
        new SampleJob(
                storage,
                new SampleRequest(
                    averaged.output(),
                    3,
                    1,
                    Map.of(),
                    OptionalDouble.empty(),
                    SampleRequest.Form.TABLE,
                    folder.resolve("drawn").toString()))
            .run();
    assertThat(samples.weightsSha256()).isEqualTo(published);
  }

  private AbstractBooleanAssert<?> assertSamePicture(TrainResult a, TrainResult b, String name) {
    return assertThat(
            storage.sha256(a.output() + "/" + name).equals(storage.sha256(b.output() + "/" + name)))
        .as(name);
  }

  private PastRun run(TrainResult result) {
    return PastRun.of(storage, result.output());
  }

  private List<String> names(TrainResult result) {
    return storage.listFiles(result.output()).stream().map(StorageEntry::name).toList();
  }

  private Map<String, String> digests(TrainResult result) {
    return storage.listFiles(result.output()).stream()
        .collect(Collectors.toMap(StorageEntry::name, file -> storage.sha256(file.uri())));
  }

  private static void assertRounds(TrainResult result, long examples) {
    List<RoundMetrics> metrics = Trainings.metrics(result.output());
    assertThat(metrics).extracting(RoundMetrics::round).containsExactly(1, 2, 3);
    assertThat(metrics).extracting(RoundMetrics::examples).containsOnly(examples);
    assertThat(metrics.get(2).losses()).isEqualTo(result.losses());
    assertThat(metrics.get(2).losses().values()).allMatch(Double::isFinite);
    assertThat(metrics.get(2).weightsSha256()).isEqualTo(result.weightsSha256());
    assertThat(Trainings.newest(result.output()).snapshot().weightsSha256())
        .isEqualTo(result.weightsSha256());
  }

  /** All digests that the output states hold. */
  private void assertWhole(TrainResult result) throws IOException {
    Completion completion = Completion.read(storage, result.output()).orElseThrow();
    assertThat(completion.damages(storage, result.output())).isEmpty();
    assertThat(completion.files())
        .extracting(FileRecord::name)
        .containsExactlyElementsOf(
            names(result).stream()
                .filter(name -> !name.startsWith("checkpoints/") && !name.equals("_SUCCESS"))
                .toList());
    ResultRecord record = run(result).result().orElseThrow();
    assertThat(record.status()).isEqualTo(RunStatus.FINISHED);
    assertThat(record.exitCode()).isZero();
    assertThat(record.weightsSha256()).contains(result.weightsSha256());
    StringBuilder sums = new StringBuilder();
    for (Artifact artifact : record.artifacts()) {
      String uri = result.output() + "/" + artifact.path();
      assertThat(storage.sha256(uri)).isEqualTo(artifact.sha256());
      assertThat(storage.length(uri)).isEqualTo(artifact.bytes());
      sums.append(storage.sha256(uri)).append("  ");
      sums.append(artifact.path().substring("artifacts/".length())).append('\n');
    }
    assertThat(storage.readText(result.output() + "/artifacts/SHA256SUMS"))
        .isEqualTo(sums.toString());
    for (String name : names(result)) {
      if (name.endsWith(".png")) {
        assertThat(ImageIO.read(Path.of(result.output(), name).toFile())).as(name).isNotNull();
      }
    }
  }

  private static void assertSamples(SparkSession session, TrainResult result) throws IOException {
    List<Row> rows =
        session
            .read()
            .parquet(result.output() + "/samples/samples.parquet")
            .orderBy("id")
            .collectAsList();
    assertThat(rows).hasSize(SAMPLES);
    TreeSet<String> different = new TreeSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(rows.get(i).<Long>getAs("id")).isEqualTo(i);
      byte[] png = rows.get(i).getAs("image");
      var image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image.getWidth()).isEqualTo(Trainings.SIDE);
      assertThat(image.getHeight()).isEqualTo(Trainings.SIDE);
      different.add(HexFormat.of().formatHex(png));
    }
    assertThat(different).hasSize(SAMPLES);
  }

  /** As someone would who has DL4J and not this project. */
  private static void assertRestores(TrainResult result, String net, int inputs, int outputs)
      throws IOException {
    byte[] zip = Files.readAllBytes(Path.of(result.output(), "artifacts", net + ".zip"));
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip));
    assertThat(restored.output(Nd4j.ones(3, inputs)).shape()).containsExactly(3, outputs);
    assertThat(restored.getLayerWiseConfigurations().toJson()).doesNotContain("sparkgen");
    assertThat(Files.readString(Path.of(result.output(), "artifacts", "model.json")))
        .contains("\"" + net + ".zip\"")
        .contains(result.weightsSha256());
  }

  private void assertSelfContainedReport(TrainResult result) {
    String page = storage.readText(result.output() + "/report.html");
    assertThat(page).contains("small", "finished", "data:image/png;base64,");
    assertThat(page).doesNotContainPattern("(?i)(src|href)\\s*=\\s*\"(?!data:|#)");
    assertThat(page).doesNotContainPattern("(?i)<(script|link|iframe|object|embed|base)\\b");
    assertThat(page).doesNotContainPattern("(?i)@import|url\\(");
  }
}
