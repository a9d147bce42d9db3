package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Latent vectors of training examples and of others. */
@ExtendWith(LocalSpark.class)
class EncodeJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private TableResult encode(String output, DataRequest data, String to) {
    return new EncodeJob(storage, new ApplyRequest(output, data, folder.resolve(to).toString()))
        .run();
  }

  private List<Row> rows(SparkSession session, String to) {
    return session
        .read()
        .parquet(folder.resolve(to).resolve("latent.parquet").toString())
        .orderBy("file", "index")
        .collectAsList();
  }

  static DataRequest pictures(Path path) {
    return new DataRequest(
        Optional.of(path.toString()),
        Optional.of(DataFormat.FOLDER),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void everyExampleHasItsDistributionIdAndLabel(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder, Trainings.labelled(folder)));

    TableResult result = encode(vae.output(), DataRequest.ofTraining(), "latents");

    assertThat(result.accepted()).isEqualTo(120);
    assertThat(result.rejected()).isZero();
    assertThat(result.weightsSha256()).isEqualTo(vae.weightsSha256());
    List<Row> rows = rows(session, "latents");
    assertThat(rows).hasSize(120);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      assertThat(row.<String>getAs("file")).isEqualTo("train.idx");
      assertThat(row.<Long>getAs("index")).isEqualTo(i);
      assertThat(row.<Integer>getAs("label")).isEqualTo(i % Trainings.SIDE % Trainings.CLASSES);
      assertThat(row.<Vector>getAs("latent").size()).isEqualTo(4);
      assertThat(Arrays.stream(row.<Vector>getAs("variance").toArray()).min().getAsDouble())
          .isPositive();
      assertThat(row.<String>getAs("error")).isNull();
    }
    assertThat(Files.readString(folder.resolve("latents/map.svg")))
        .startsWith("<svg")
        .contains("120 latent vectors");
  }

  @Test
  void otherPicturesAreReadAsTrainingOnesWere(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    Path own = Trainings.classFolders(folder.resolve("own"), "cat", "dog");
    Files.writeString(own.resolve("cat/broken.png"), "no picture");

    TableResult result = encode(vae.output(), pictures(own), "latents");

    assertThat(result.accepted()).isEqualTo(4);
    assertThat(result.rejected()).isEqualTo(1);
    Map<String, Row> rows =
        rows(session, "latents").stream()
            .collect(Collectors.toMap(row -> row.getAs("file"), row -> row));
    assertThat(rows)
        .containsOnlyKeys("cat/0.png", "cat/1.png", "cat/broken.png", "dog/0.png", "dog/1.png");
    assertThat(rows.get("dog/1.png").<String>getAs("class")).isEqualTo("dog");
    assertThat(rows.get("cat/broken.png").<String>getAs("error")).isNotEmpty();
    assertThat(rows.get("cat/broken.png").<Vector>getAs("latent")).isNull();
    assertThat(rows.get("dog/1.png").<Vector>getAs("latent"))
        .as("the pictures are equal, and so is what is said of them")
        .isEqualTo(rows.get("cat/0.png").<Vector>getAs("latent"));
  }

  /** Bits, not closeness: an example's row does not depend on what it is read together with. */
  @Test
  void aRowDependsOnItsExampleOnly(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    Path many = Trainings.classFolders(folder.resolve("many"), "a", "b", "c", "d", "e");
    Path one = Files.createDirectories(folder.resolve("one/e"));
    Files.copy(many.resolve("e/1.png"), one.resolve("1.png"));

    encode(vae.output(), pictures(many), "of-many");
    encode(vae.output(), pictures(one.getParent()), "of-one");

    Row alone = rows(session, "of-one").get(0);
    Row among = rows(session, "of-many").get(9);
    assertThat(among.<String>getAs("file")).isEqualTo(alone.<String>getAs("file"));
    assertThat(among.<Vector>getAs("latent")).isEqualTo(alone.<Vector>getAs("latent"));
    assertThat(among.<Vector>getAs("variance")).isEqualTo(alone.<Vector>getAs("variance"));
  }

  @Test
  void aPlainAutoencoderOfRowsGivesPoints(SparkSession session) {
    TrainResult rows = Trainings.train(Trainings.rows(folder));

    encode(rows.output(), DataRequest.ofTraining(), "latents");

    Row first = rows(session, "latents").get(0);
    assertThat(first.<Vector>getAs("latent").size()).isEqualTo(2);
    assertThat(first.schema().fieldNames()).doesNotContain("variance");
  }

  @Test
  void aModelWithoutEncoderIsRefused(SparkSession session) {
    TrainResult gan = Trainings.train(Trainings.gan(folder));

    assertRefused(gan.output(), "cannot encode: model.family = gan has no encoder");
  }

  @Test
  void aTakenFolderIsRefused(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));
    Files.writeString(Files.createDirectories(folder.resolve("latents")).resolve("mine"), "x");

    assertRefused(vae.output(), "is not empty: name a new folder with --to");
  }

  private void assertRefused(String output, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> encode(output, DataRequest.ofTraining(), "latents"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(reason);
  }
}
