package org.sparkgen.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.job.TrainResult;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Trainings on DataFrames. */
@ExtendWith(LocalSpark.class)
class SparkgenEstimatorTest {
  @TempDir private Path folder;

  private static void assertRefused(ExitCode code, Runnable work, String... parts) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(work::run)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  private static long temporaryOutputs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("sparkgen-fit-")).count();
    }
  }

  @Test
  void trainsOnATableOfFilesAsTheCommandDoesOnTheirFolder(SparkSession session) {
    Path pictures = Tables.pictures(folder.resolve("pictures"));
    TrainResult command = Tables.train(pictures, folder.resolve("run"));
    SparkgenEstimator estimator =
        new SparkgenEstimator()
            .setConfig(Tables.SETTINGS)
            .setInputCol("content")
            .setIdCol("id")
            .setLatentCol("latent");

    SparkgenModel model = estimator.fit(Tables.binary(session, pictures).repartition(5));

    assertThat(model.weightsSha256()).isEqualTo(command.weightsSha256());
    assertThat(model.round()).isEqualTo(command.rounds());
  }

  @Test
  void neitherOrderNorPartitionsOfTheRowsMatter(SparkSession session) {
    Dataset<Row> rows = Tables.arrays(session);
    Dataset<Row> mixed =
        rows.orderBy(functions.rand(3)).repartition(7).withColumn("same", functions.lit(1));
    Dataset<Row> sorted = rows.coalesce(1).withColumn("same", functions.lit(1));
    SparkgenEstimator estimator = Tables.ofRows("values");

    String byContent = estimator.fit(sorted).weightsSha256();
    assertThat(estimator.fit(mixed).weightsSha256()).isEqualTo(byContent);
    estimator.setIdCol("number");
    String byNumber = estimator.fit(sorted).weightsSha256();
    assertThat(estimator.fit(mixed).weightsSha256()).isEqualTo(byNumber).isNotEqualTo(byContent);
    estimator.setIdCol("same");
    String byNothing = estimator.fit(sorted).weightsSha256();
    assertThat(estimator.fit(mixed).weightsSha256())
        .as("even where ids tell nothing apart")
        .isEqualTo(byNothing);
  }

  @Test
  void leavesNoTemporaryOutput(SparkSession session) throws IOException {
    long before = temporaryOutputs();
    Tables.ofRows("values").fit(Tables.arrays(session));
    assertThat(temporaryOutputs()).isEqualTo(before);
  }

  @Test
  void measuresOnRowsThatAreHeldOut(SparkSession session) {
    String output = folder.resolve("run").toString();
    Dataset<Row> rows =
        Tables.arrays(session).withColumn("held", functions.expr("if(number < 10, true, null)"));

    Tables.ofRows("values").setValidationIndicatorCol("held").setOutputPath(output).fit(rows);

    String metrics = Storage.open().readText(output + "/metrics.jsonl");
    assertThat(metrics.lines().toList())
        .hasSize(2)
        .allMatch(round -> round.contains("\"examples\":50"))
        .last()
        .asString()
        .contains("heldOut.loss");
  }

  @Test
  void theSameFitAgainIsNotTrainedAgainUnlessTheRowsAreOthers(SparkSession session) {
    Dataset<Row> rows = Tables.arrays(session);
    SparkgenEstimator estimator =
        Tables.ofRows("values").setOutputPath(folder.resolve("run").toString());
    String weights = estimator.fit(rows).weightsSha256();
    Path success = folder.resolve("run/_SUCCESS");
    long written = success.toFile().lastModified();

    assertThat(estimator.fit(rows.repartition(3)).weightsSha256()).isEqualTo(weights);
    assertThat(success.toFile().lastModified()).isEqualTo(written);
    assertRefused(
        ExitCode.INPUT,
        () -> estimator.fit(rows.where("number > 5")),
        "run holds a finished training",
        "on other examples",
        "name another output");
  }

  @Test
  void rowsThatCannotBeUsedAreCountedAsInFiles(SparkSession session) {
    Dataset<Row> rows =
        Tables.arrays(session)
            .withColumn("values", functions.expr("if(number < 3, array(1.0D), values)"))
            .orderBy(functions.desc("number"));

    assertRefused(
        ExitCode.INPUT,
        () -> Tables.ofRows("values").fit(rows),
        "data.path = DataFrame: 3 of 60 listed examples can't be used",
        "the row has 1 numbers, but data.features.count is 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          inputCol                          | colour | inputCol = colour: there is no such column; there are a, b, c, kind, number, values
          inputCol                          | a      | inputCol = a has the type double, but examples are encoded images (binary)
          idCol                             | kind   | idCol = kind has the type double, but ids are texts or whole numbers
          labelCol                          | values | labelCol = values has the type array<double>, but labels are numbers from 0
          validationIndicatorCol            | number | validationIndicatorCol = number has the type bigint, but true and false are needed
          latentCol                         | kind   | the table already has a column kind: give what is added another name
          score                             | beauty | score given invalid value beauty
          """)
  void saysWhatIsWrongBeforeItTrains(
      String param, String value, String message, SparkSession session) {
    StructType schema = Tables.arrays(session).schema();
    SparkgenEstimator estimator = Tables.ofRows("values");

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(
            () -> {
              estimator.set(param, value);
              estimator.transformSchema(schema);
            })
        .withMessageContaining(message);
  }

  @Test
  void refusesWhatTheModelCannotDo(SparkSession session) {
    Path pictures = Tables.pictures(folder.resolve("pictures"));
    StructType schema = Tables.binary(session, pictures).schema();
    SparkgenEstimator estimator = new SparkgenEstimator().setInputCol("content");

    assertRefused(
        ExitCode.USAGE,
        () -> estimator.transformSchema(schema),
        "inputCol = content holds images: set height and width");
    estimator.setHeight(8).setWidth(8);
    assertRefused(
        ExitCode.USAGE,
        () -> estimator.transformSchema(schema),
        "there is nothing to add: set latentCol, reconstructionCol or scoreCol");
    estimator.setLatentCol("latent").setFamily("gan");
    assertRefused(
        ExitCode.USAGE,
        () -> estimator.transformSchema(schema),
        "cannot encode into the column latent: model.family = gan has no encoder");
    estimator.setFamily("vae").setScoreCol("score").setConfig("model.classes = 2");
    assertRefused(ExitCode.USAGE, () -> estimator.transformSchema(schema), "data.labelColumn");
    estimator.setConfig("model { hidden = [16], hiden = 3 }");
    assertRefused(ExitCode.USAGE, () -> estimator.transformSchema(schema), "hiden", "config:1");
  }

  @Test
  void explainsAndCopiesItsParams() {
    SparkgenEstimator estimator = Tables.ofRows("values");

    SparkgenEstimator copy = estimator.copy(new ParamMap().put(estimator.epochs(), 9));

    assertThat(copy.uid()).isEqualTo(estimator.uid());
    assertThat(copy.getEpochs()).isEqualTo(9);
    assertThat(copy.getInputCol()).isEqualTo("values");
    assertThat(copy.isDefined(copy.scoreCol())).isFalse();
    assertThat(estimator.getEpochs()).isEqualTo(2);
    assertThat(estimator.explainParams().lines())
        .hasSize(22)
        .contains(
            "epochs: passes over the training rows (training.epochs); 20 if not said; at least 1 (current: 2)")
        .anyMatch(line -> line.endsWith("keep, skip, error (default: keep)"));
  }

  @Test
  void isSavedAndLoaded(SparkSession session) throws IOException {
    SparkgenEstimator estimator = Tables.ofRows("values").setLearningRate(0.01);
    String path = folder.resolve("estimator").toString();
    estimator.save(path);

    SparkgenEstimator loaded = SparkgenEstimator.load(path);

    assertThat(loaded.uid()).isEqualTo(estimator.uid());
    assertThat(loaded.explainParams()).isEqualTo(estimator.explainParams());
    assertThat(loaded.fit(Tables.arrays(session)).weightsSha256())
        .isEqualTo(estimator.fit(Tables.arrays(session)).weightsSha256());
  }
}
