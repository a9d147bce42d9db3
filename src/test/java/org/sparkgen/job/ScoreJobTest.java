package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Pictures;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Scores of examples that are like the training examples, and of others. */
@ExtendWith(LocalSpark.class)
class ScoreJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private TableResult score(ScoreRequest request) {
    return new ScoreJob(storage, request).run();
  }

  private ScoreRequest request(String output, DataRequest data) {
    return new ScoreRequest(
        applied(output, data), Optional.empty(), 8, 1000, 1000, Optional.empty());
  }

  private ApplyRequest applied(String output, DataRequest data) {
    return new ApplyRequest(output, data, folder.resolve("scores").toString());
  }

  private static ScoreRequest by(AnomalyScore score, ScoreRequest request) {
    return new ScoreRequest(
        new ApplyRequest(
            request.apply().output(), request.apply().data(), request.apply().to() + "-" + score),
        Optional.of(score),
        request.samples(),
        request.among(),
        request.reference(),
        request.foreign());
  }

  private static List<Row> rows(SparkSession session, String to) {
    return session.read().parquet(to + "/scores.parquet").orderBy("file", "index").collectAsList();
  }

  @Test
  void trainingExamplesHaveTheQuantilesOfTheirOwnScores(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    ScoreRequest request = request(vae.output(), DataRequest.ofTraining());

    TableResult result = score(request);

    List<Row> rows = rows(session, request.apply().to());
    assertThat(rows).hasSize(120);
    double mean =
        rows.stream().mapToDouble(row -> row.<Double>getAs("quantile")).average().orElse(0);
    assertThat(mean).as("each counts itself half").isCloseTo(0.5, within(1e-9));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("scores/scores.json").toFile());
    assertThat(json.path("score").asText()).isEqualTo("negative-elbo");
    assertThat(json.path("examples").path("quantiles"))
        .isEqualTo(json.path("trainingExamples").path("quantiles"));
    assertThat(result.text()).contains("negative-elbo", "training examples", "strangest");
  }

  /** On average over the training examples, what training itself measures. */
  @Test
  void theScoreOfAVaeIsItsBound(SparkSession session) {
    TrainResult vae =
        Trainings.train(Trainings.vae(folder, "data.heldOut.path=" + folder.resolve("train.idx")));
    ScoreRequest request = request(vae.output(), DataRequest.ofTraining());
    score(request);
    ScoreRequest likelihood = by(AnomalyScore.NEGATIVE_LOG_LIKELIHOOD, request);
    score(likelihood);

    double elbo = mean(rows(session, request.apply().to()));
    assertThat(elbo).isCloseTo(vae.losses().get("heldOut.negativeElbo"), within(0.5));
    assertThat(mean(rows(session, likelihood.apply().to())))
        .as("a tighter bound, with the same noise")
        .isLessThan(elbo);
  }

  private static double mean(List<Row> rows) {
    return rows.stream().mapToDouble(row -> row.<Double>getAs("score")).average().orElseThrow();
  }

  @Test
  void foreignPicturesStandOut(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    Path others = Files.createDirectories(folder.resolve("others"));
    Files.write(others.resolve("white.png"), Pictures.file(Pictures.plain(8, 8, 0xFFFFFF), "png"));

    ScoreRequest request = request(vae.output(), EncodeJobTest.pictures(others));
    score(request);

    assertThat(rows(session, request.apply().to()).get(0).<Double>getAs("quantile")).isEqualTo(1.0);
  }

  @Test
  void theAreaUnderTheCurveIsThatOfAllPairs(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder, Trainings.labelled(folder)));
    ScoreRequest plain = request(vae.output(), DataRequest.ofTraining());
    ScoreRequest request =
        new ScoreRequest(plain.apply(), plain.score(), 8, 1000, 0, Optional.of("2"));

    TableResult result = score(request);

    List<Row> rows = rows(session, request.apply().to());
    double above = 0;
    double pairs = 0;
    for (Row foreign : rows) {
      for (Row other : rows) {
        if (foreign.<Integer>getAs("label") == 2 && other.<Integer>getAs("label") != 2) {
          int order = Double.compare(foreign.getAs("score"), other.<Double>getAs("score"));
          above += order > 0 ? 1 : order == 0 ? 0.5 : 0;
          pairs++;
        }
      }
    }
    JsonNode json = new ObjectMapper().readTree(folder.resolve("scores/scores.json").toFile());
    assertThat(json.path("separation").path("rocAuc").asDouble())
        .isCloseTo(above / pairs, within(1e-9));
    assertThat(json.has("trainingExamples")).isFalse();
    assertThat(result.text()).contains("Area under the ROC curve: ");
  }

  @Test
  void aClassLeftOutOfTrainingCanBeToldApart(SparkSession session) throws IOException {
    TrainResult vae =
        Trainings.train(
            Trainings.vae(folder, Trainings.labelled(folder, "data.excludedClasses=[2]")));
    DataRequest all =
        new DataRequest(
            Optional.of(folder.resolve("train.idx").toString()),
            Optional.empty(),
            Optional.of(folder.resolve("train-labels.idx").toString()),
            Optional.empty(),
            Optional.empty());

    TableResult result =
        score(
            new ScoreRequest(
                applied(vae.output(), all), Optional.empty(), 4, 1000, 1000, Optional.of("2")));

    JsonNode json = new ObjectMapper().readTree(folder.resolve("scores/scores.json").toFile());
    // Bars are of class row modulo 3: rows 2 and 5 of 8.
    assertThat(json.path("trainingExamples").path("count").asInt()).isEqualTo(90);
    assertThat(json.path("separation").path("foreign").asInt()).isEqualTo(30);
    assertThat(json.path("separation").path("others").asInt()).isEqualTo(90);
    assertThat(result.accepted()).isEqualTo(120);
  }

  @Test
  void aClassThatIsNotThereIsNamed(SparkSession session) {
    TrainResult vae = Trainings.train(Trainings.vae(folder, Trainings.labelled(folder)));
    ScoreRequest request =
        new ScoreRequest(
            applied(vae.output(), DataRequest.ofTraining()),
            Optional.empty(),
            1,
            1000,
            0,
            Optional.of("7"));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> score(request))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessage(
            "--foreign 7: of 120 examples with a label 0 are of this class, but both it and others"
                + " are needed; classes are 0, 1, 2");
  }

  /** Folders that are called by numbers have other numbers than their names. */
  @Test
  void aFolderIsForeignByItsName(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    Path pictures = Trainings.classFolders(folder.resolve("digits"), "1", "2", "3");
    Files.delete(pictures.resolve("2/0.png"));

    TableResult result =
        score(
            new ScoreRequest(
                applied(vae.output(), EncodeJobTest.pictures(pictures)),
                Optional.empty(),
                1,
                1000,
                0,
                Optional.of("2")));

    JsonNode json = new ObjectMapper().readTree(folder.resolve("scores/scores.json").toFile());
    assertThat(json.path("separation").path("foreign").asInt()).isEqualTo(1);
    assertThat(json.path("separation").path("others").asInt()).isEqualTo(4);
    assertThat(result.text()).containsPattern("strangest +index +class +score");
    assertThat(result.text()).containsPattern("2/1.png +0 +2 +");
  }

  /** Whatever its folder is called, a training picture is itself, and another one is not. */
  @Test
  void anExampleIsKnownByItsContent(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder, "model.hidden=[]"));
    ScoreRequest own =
        by(AnomalyScore.ENCODER_DISTANCE, request(vae.output(), DataRequest.ofTraining()));
    score(own);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.copy(folder.resolve("train.idx"), elsewhere.resolve("other-name.idx"));
    ScoreRequest copies = elsewhere(own, elsewhere.resolve("*.idx"), "copies");
    score(copies);
    // Under the name of the training file, and yet not its pictures.
    byte[] file = Files.readAllBytes(folder.resolve("train.idx"));
    for (int i = 16; i < file.length; i++) {
      file[i] ^= 1;
    }
    Files.write(elsewhere.resolve("train.idx"), file);
    ScoreRequest others = elsewhere(own, elsewhere.resolve("train.idx"), "others");
    score(others);

    assertThat(scores(session, copies)).isEqualTo(scores(session, own));
    List<Double> nearer = scores(session, others);
    List<Double> withoutThemselves = scores(session, own);
    assertThat(nearer.stream().mapToDouble(s -> s).sum())
        .as("each has its original among its neighbours")
        .isLessThan(0.9 * withoutThemselves.stream().mapToDouble(s -> s).sum());
  }

  private ScoreRequest elsewhere(ScoreRequest like, Path path, String to) {
    DataRequest data =
        new DataRequest(
            Optional.of(path.toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new ScoreRequest(
        new ApplyRequest(like.apply().output(), data, folder.resolve(to).toString()),
        like.score(),
        like.samples(),
        like.among(),
        like.reference(),
        like.foreign());
  }

  @Test
  void tooFewTrainingExamplesHaveNoNeighbours() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> ScoreChoice.requireNeighbours(AnomalyScore.ENCODER_DISTANCE, 5))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessage(
            "cannot score by encoder-distance: it compares with the 5 nearest training examples,"
                + " but the model was trained on 5");
    assertThatCode(() -> ScoreChoice.requireNeighbours(AnomalyScore.ENCODER_DISTANCE, 6))
        .doesNotThrowAnyException();
  }

  /** Without hidden layers, examples are compared as they are: pictures of one bright row each. */
  @Test
  void theDistanceIsThatToTheNearestTrainingExamples(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder, "model.hidden=[]"));
    ScoreRequest request =
        by(AnomalyScore.ENCODER_DISTANCE, request(vae.output(), DataRequest.ofTraining()));
    score(request);

    float[] pixels = pixels(folder.resolve("train.idx"));
    int size = Trainings.SIDE * Trainings.SIDE;
    List<Row> rows = rows(session, request.apply().to());
    assertThat(rows).hasSize(pixels.length / size);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).<Double>getAs("score"))
          .isCloseTo(nearest(pixels, size, i), within(1e-5));
    }
  }

  private static float[] pixels(Path images) throws IOException {
    byte[] file = Files.readAllBytes(images);
    float[] pixels = new float[file.length - 16];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = file[16 + i] & 0xFF;
    }
    return pixels;
  }

  private static double nearest(float[] pixels, int size, int example) {
    return IntStream.range(0, pixels.length / size)
        .filter(other -> other != example)
        .mapToDouble(
            other -> {
              double product = product(pixels, size, example, other);
              double squares =
                  product(pixels, size, example, example) * product(pixels, size, other, other);
              return Math.sqrt(Math.max(0, 2 - 2 * product / Math.sqrt(squares)));
            })
        .sorted()
        .limit(5)
        .average()
        .orElseThrow();
  }

  private static double product(float[] pixels, int size, int a, int b) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += (double) pixels[a * size + i] * pixels[b * size + i];
    }
    return sum;
  }

  @Test
  void discriminatorsTellDistancesToo(SparkSession session) throws IOException {
    TrainResult gan = Trainings.train(Trainings.gan(folder));
    ScoreRequest ofGan = request(gan.output(), DataRequest.ofTraining());
    assertThat(score(ofGan).text()).contains("discriminator-distance");
    TrainResult both =
        Trainings.train(Trainings.vaeGan(folder, "output.path=" + folder.resolve("both")));
    ScoreRequest plain = request(both.output(), DataRequest.ofTraining());
    ScoreRequest byEncoder = by(AnomalyScore.ENCODER_DISTANCE, plain);
    score(byEncoder);
    ScoreRequest byDiscriminator = by(AnomalyScore.DISCRIMINATOR_DISTANCE, plain);
    score(byDiscriminator);

    assertThat(scores(session, ofGan)).hasSize(120).allMatch(s -> s >= 0 && s < 2);
    assertThat(scores(session, byDiscriminator))
        .hasSize(120)
        .allMatch(s -> s >= 0 && s < 2)
        .isNotEqualTo(scores(session, byEncoder));
  }

  private static List<Double> scores(SparkSession session, ScoreRequest request) {
    return rows(session, request.apply().to()).stream()
        .map(row -> row.<Double>getAs("score"))
        .toList();
  }

  @Test
  void aForeignClassThatCannotBeIsRefusedBeforeAnythingIsWritten(SparkSession session) {
    TrainResult vae = Trainings.train(Trainings.vae(folder, Trainings.labelled(folder)));
    ScoreRequest request =
        new ScoreRequest(
            applied(vae.output(), DataRequest.ofTraining()),
            Optional.empty(),
            1,
            1000,
            0,
            Optional.of("cat"));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> score(request))
        .withMessage("--foreign cat: the examples' classes are numbers");
    assertThat(folder.resolve("scores")).doesNotExist();
  }

  @Test
  void whatAFamilyCannotGiveIsRefused(SparkSession session) {
    TrainResult rows = Trainings.train(Trainings.rows(folder));
    assertRefused(
        by(AnomalyScore.NEGATIVE_ELBO, request(rows.output(), DataRequest.ofTraining())),
        "cannot score by negative-elbo: model.family = autoencoder gives reconstruction, encoder-distance");
    assertRefused(
        by(AnomalyScore.DISCRIMINATOR_DISTANCE, request(rows.output(), DataRequest.ofTraining())),
        "cannot score by discriminator-distance: model.family = autoencoder gives reconstruction, encoder-distance");
    TrainResult gan =
        Trainings.train(Trainings.gan(folder, "output.path=" + folder.resolve("gan")));
    assertRefused(
        by(AnomalyScore.ENCODER_DISTANCE, request(gan.output(), DataRequest.ofTraining())),
        "cannot score by encoder-distance: model.family = gan gives discriminator-distance");
    TrainResult classifier =
        Trainings.train(
            Trainings.classifier(folder, "output.path=" + folder.resolve("classifier")));
    assertRefused(
        request(classifier.output(), DataRequest.ofTraining()),
        "cannot score: model.family = classifier gives no such score");
  }

  private void assertRefused(ScoreRequest request, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> score(request))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(reason);
  }
}
