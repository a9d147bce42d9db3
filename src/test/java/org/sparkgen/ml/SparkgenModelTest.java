package org.sparkgen.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.job.ApplyRequest;
import org.sparkgen.job.DataRequest;
import org.sparkgen.job.EncodeJob;
import org.sparkgen.job.ScoreJob;
import org.sparkgen.job.ScoreRequest;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** What a trained model adds to DataFrames. */
@ExtendWith(LocalSpark.class)
class SparkgenModelTest {
  @TempDir private Path folder;

  private SparkgenModel trainedOnPictures() {
    Path pictures = Tables.pictures(folder.resolve("pictures"));
    String output = Tables.train(pictures, folder.resolve("run")).output();
    return SparkgenModel.ofOutput(output)
        .setInputCol("content")
        .setIdCol("id")
        .setLatentCol("latent")
        .setScoreCol("score")
        .setReconstructionCol("made");
  }

  private Dataset<Row> pictures(SparkSession session) {
    return Tables.binary(session, folder.resolve("pictures"));
  }

  @Test
  void saysOfPicturesWhatTheCommandsSay(SparkSession session) {
    SparkgenModel model = trainedOnPictures();
    String output = folder.resolve("run").toString();
    String encoded = folder.resolve("encoded").toString();
    String scored = folder.resolve("scored").toString();
    new EncodeJob(Storage.open(), new ApplyRequest(output, DataRequest.ofTraining(), encoded))
        .run();
    new ScoreJob(
            Storage.open(),
            new ScoreRequest(
                new ApplyRequest(output, DataRequest.ofTraining(), scored),
                Optional.empty(),
                16,
                1,
                0,
                Optional.empty()))
        .run();

    List<Row> rows =
        model
            .transform(pictures(session).repartition(3))
            .select("id", "latent", "score")
            .orderBy("id")
            .collectAsList();

    assertThat(rows)
        .hasSize(Tables.PICTURES)
        .isEqualTo(
            session
                .read()
                .parquet(encoded + "/latent.parquet")
                .join(session.read().parquet(scored + "/scores.parquet"), "file")
                .select("file", "latent", "score")
                .orderBy("file")
                .collectAsList());
  }

  @Test
  void reconstructsImagesAsImagesThatItCanReadAgain(SparkSession session) {
    SparkgenModel model = trainedOnPictures();

    Dataset<Row> made = model.transform(pictures(session)).select("id", "made", "latent");

    assertThat(made.schema().apply("made").dataType()).isEqualTo(ImageSchema.columnSchema());
    Row image = made.first().getStruct(1);
    assertThat(ImageSchema.getHeight(image)).isEqualTo(8);
    assertThat(ImageSchema.getNChannels(image)).isEqualTo(1);
    Dataset<Row> again =
        model
            .copy(new ParamMap())
            .setInputCol("made")
            .setLatentCol("second")
            .setReconstructionCol("remade")
            .transform(made);
    assertThat(again.where("second is null").count()).isZero();
  }

  @Test
  void rowsThatCannotBeReadAreKeptLeftOutOrEndTheJob(SparkSession session) {
    SparkgenModel model = trainedOnPictures();
    Dataset<Row> rows =
        pictures(session)
            .withColumn(
                "content",
                functions.expr("if(id like 'even/1%', cast('no picture' as binary), content)"));

    List<Row> kept = model.transform(rows).select("id", "latent", "made", "score").collectAsList();
    assertThat(kept).hasSize(Tables.PICTURES);
    assertThat(kept.stream().filter(row -> row.getString(0).startsWith("even/1")))
        .hasSize(5)
        .allMatch(row -> row.isNullAt(1) && row.isNullAt(2) && row.isNullAt(3));
    assertThat(kept.stream().filter(row -> !row.isNullAt(1))).hasSize(Tables.PICTURES - 5);
    assertThat(model.setHandleInvalid("skip").transform(rows).count())
        .isEqualTo(Tables.PICTURES - 5);
    Dataset<Row> failing = model.setHandleInvalid("error").transform(rows);
    assertThatThrownBy(failing::count)
        .hasStackTraceContaining("a row can't be used")
        .hasStackTraceContaining("set handleInvalid to keep or skip");
  }

  @Test
  void refusesTablesOfAnotherKind(SparkSession session) {
    SparkgenModel model = trainedOnPictures();

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                model
                    .copy(new ParamMap())
                    .setScore("encoder-distance")
                    .transform(pictures(session)))
        .withMessageContaining("the command score gives it")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> model.setInputCol("values").transform(Tables.arrays(session)))
        .withMessage(
            "inputCol = values holds rows of numbers, but the model was trained on images");
  }

  @Test
  void aConditionalModelHasToBeToldClassesOnlyWhereItNeedsThem(SparkSession session) {
    Dataset<Row> rows = Tables.arrays(session);
    SparkgenModel model =
        Tables.ofRows("values")
            .setConfig("model { hidden = [16], classes = 2 }")
            .setLabelCol("kind")
            .setScoreCol("score")
            .fit(rows);

    Dataset<Row> other = rows.withColumn("kind", functions.expr("if(number = 3, 2, 1 - kind)"));
    assertThat(model.transform(other).where("score is null").select("number").collectAsList())
        .as("a class that there is not")
        .containsExactly(RowFactory.create(3L));
    assertThat(model.transform(rows).join(model.transform(other), "score").count())
        .as("scores depend on the class")
        .isZero();
    Dataset<Row> unlabelled = rows.drop("kind");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> model.transform(unlabelled))
        .withMessageContaining("labelCol = kind: there is no such column");
    model.clear(model.scoreCol());
    assertThat(model.transform(unlabelled).where("latent is null").count()).isZero();
  }

  @Test
  void fitsIntoAPipelineThatIsSavedAndLoaded(SparkSession session) throws IOException {
    Dataset<Row> rows =
        Tables.numbers(session).withColumn("name", functions.expr("if(kind = 0, 'x', 'y')"));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer().setInputCol("name").setOutputCol("index"),
                  new VectorAssembler()
                      .setInputCols(new String[] {"a", "b", "c"})
                      .setOutputCol("features"),
                  Tables.ofRows("features")
                      .setFamily("autoencoder")
                      .setEpochs(20)
                      .setLearningRate(0.01)
                      .setScoreCol("score")
                      .setReconstructionCol("made"),
                  new KMeans().setK(2).setSeed(1).setFeaturesCol("latent")
                });
    pipeline.save(folder.resolve("pipeline").toString());

    PipelineModel fitted = Pipeline.load(folder.resolve("pipeline").toString()).fit(rows);
    fitted.save(folder.resolve("fitted").toString());
    PipelineModel loaded = PipelineModel.load(folder.resolve("fitted").toString());

    Dataset<Row> transformed = fitted.transform(rows);
    List<Row> expected = transformed.collectAsList();
    assertThat(loaded.transform(rows).collectAsList()).isEqualTo(expected);
    assertThat(expected).hasSize(60).allMatch(row -> row.<Vector>getAs("made").size() == 3);
    assertThat(AttributeGroup.fromStructField(transformed.schema().apply("latent")).size())
        .isEqualTo(2);
    assertThat(transformed.schema().apply("index").metadata().toString())
        .as("what other stages know of their columns")
        .contains("\"x\"", "\"y\"");
    assertThat(transformed.select("kind", "prediction").distinct().count())
        .as("clusters in the latent space are the two kinds")
        .isEqualTo(2);
  }

  @Test
  void damagedWeightsAreNotLoaded(SparkSession session) throws IOException {
    String path = folder.resolve("model").toString();
    Tables.ofRows("values").fit(Tables.arrays(session)).save(path);
    try (Stream<Path> files = Files.walk(folder.resolve("model"))) {
      Path weights =
          files
              .filter(f -> f.toString().endsWith("encoder.parameters.f32"))
              .findFirst()
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(weights);
      bytes[5] ^= 1;
      Files.write(weights, bytes);
    }

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> SparkgenModel.load(path))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .withMessageContaining("another SHA-256 than promised")
        .withMessageContaining("save the model again");
  }

  @Test
  void whatSaysToBeOfAnotherClassIsNotLoaded(SparkSession session) throws IOException {
    String path = folder.resolve("estimator").toString();
    Tables.ofRows("values").save(path);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> SparkgenModel.load(path))
        .withMessageContaining("Expected class name org.sparkgen.ml.SparkgenModel");
  }

  @Test
  void addsColumnsToStreams(SparkSession session) throws Exception {
    SparkgenModel model = Tables.ofRows("values").fit(Tables.arrays(session));
    String source = folder.resolve("source").toString();
    Tables.arrays(session).write().parquet(source);

    model
        .transform(session.readStream().schema(Tables.arrays(session).schema()).parquet(source))
        .writeStream()
        .format("memory")
        .queryName("latents")
        .option("checkpointLocation", folder.resolve("stream").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();

    assertThat(
            session.table("latents").orderBy("number").select("number", "latent").collectAsList())
        .isEqualTo(
            model
                .transform(Tables.arrays(session))
                .orderBy("number")
                .select("number", "latent")
                .collectAsList());
  }
}
