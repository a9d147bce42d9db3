package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.job.SampleRequest.Form;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Samples as tables and as files, of all classes and of some. */
@ExtendWith(LocalSpark.class)
class SampleJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private String sample(
      String output, int count, Map<String, Double> classes, OptionalDouble truncation, Form form) {
    String to =
        folder.resolve("drawn-%d-%s-%s".formatted(count, truncation.isPresent(), form)).toString();
    SampleResult result =
        new SampleJob(storage, new SampleRequest(output, count, 5, classes, truncation, form, to))
            .run();
    assertThat(result.count()).isEqualTo(count);
    assertThat(Path.of(to, "grid.png")).isNotEmptyFile();
    return to;
  }

  private List<Row> table(SparkSession session, String output, int count, OptionalDouble within) {
    String to = sample(output, count, Map.of(), within, Form.TABLE);
    return session.read().parquet(to + "/samples.parquet").orderBy("id").collectAsList();
  }

  private TrainResult conditional() {
    return Trainings.train(Trainings.vae(folder, Trainings.labelled(folder, "model.classes=3")));
  }

  @Test
  void aSampleHasTheSameBytesHoweverManyAreDrawn(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();

    List<Row> many = table(session, output, 2000, OptionalDouble.empty());
    List<Row> few = table(session, output, 70, OptionalDouble.empty());

    assertThat(many).hasSize(2000);
    assertThat(many.get(1999).getLong(0)).isEqualTo(1999);
    for (int i = 0; i < few.size(); i++) {
      assertThat(few.get(i).<byte[]>getAs("image")).isEqualTo(many.get(i).<byte[]>getAs("image"));
    }
  }

  @Test
  void truncatedSamplesAreOthers(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();

    Row whole = table(session, output, 10, OptionalDouble.empty()).get(0);
    Row typical = table(session, output, 10, OptionalDouble.of(0.1)).get(0);

    assertThat(typical.<byte[]>getAs("image")).isNotEqualTo(whole.<byte[]>getAs("image"));
  }

  @Test
  void classesAreDrawnInTheirShares(SparkSession session) throws IOException {
    String output = conditional().output();
    Map<String, Double> mix = new LinkedHashMap<>();
    mix.put("2", 3.0);
    mix.put("0", 1.0);

    String table = sample(output, 40, mix, OptionalDouble.empty(), Form.TABLE);
    String files = sample(output, 40, mix, OptionalDouble.empty(), Form.FILES);

    List<Row> rows =
        session.read().parquet(table + "/samples.parquet").orderBy("id").collectAsList();
    long twos = rows.stream().filter(row -> row.<Integer>getAs("label") == 2).count();
    assertThat(twos).as("three of four").isBetween(29L, 31L);
    assertThat(rows).allSatisfy(row -> assertThat(row.<Integer>getAs("label")).isIn(0, 2));
    for (Row row : rows) {
      Path file =
          Path.of(
              files, "images", row.getAs("label").toString(), "%09d.png".formatted(row.getLong(0)));
      assertThat(file).hasBinaryContent(row.<byte[]>getAs("image"));
    }
    try (Stream<Path> all = Files.walk(Path.of(files, "images"))) {
      assertThat(all.filter(Files::isRegularFile).filter(f -> f.toString().endsWith(".png")))
          .hasSize(40);
    }
  }

  @Test
  void withoutAChoiceAllClassesComeInTurn(SparkSession session) {
    List<Row> rows = table(session, conditional().output(), 7, OptionalDouble.empty());

    assertThat(rows.stream().map(row -> row.<Integer>getAs("label")))
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  @Test
  void whatAModelCannotDrawIsRefused(SparkSession session) {
    String vae = Trainings.train(Trainings.vae(folder)).output();
    assertRefused(
        vae, Map.of("3", 1.0), Form.TABLE, "cannot choose classes: this model (family vae)");
    String rows =
        Trainings.train(Trainings.rows(folder, "output.path=" + folder.resolve("rows"))).output();
    assertRefused(
        rows, Map.of(), Form.TABLE, "cannot sample: model.family = autoencoder has no prior");
  }

  @Test
  void aClassThatIsNotThereIsNamed(SparkSession session) {
    assertRefused(
        conditional().output(),
        Map.of("3", 1.0),
        Form.TABLE,
        "there is no class 3: the model has 0 to 2");
  }

  private void assertRefused(String output, Map<String, Double> classes, Form form, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> sample(output, 3, classes, OptionalDouble.empty(), form))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(reason);
  }
}
