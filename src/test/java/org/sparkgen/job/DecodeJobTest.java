package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Latent vectors on their way back to examples. */
@ExtendWith(LocalSpark.class)
class DecodeJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private SampleResult decode(String output, String table) {
    return new DecodeJob(
            storage, new DecodeRequest(output, table, "latent", folder.resolve("to").toString()))
        .run();
  }

  private List<Row> decoded(SparkSession session) {
    return session
        .read()
        .parquet(folder.resolve("to/examples.parquet").toString())
        .orderBy("file", "index")
        .collectAsList();
  }

  private ApplyRequest apply(String output, String to) {
    return new ApplyRequest(output, DataRequest.ofTraining(), folder.resolve(to).toString());
  }

  @Test
  void whatWasEncodedBecomesItsReconstruction(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();
    new EncodeJob(storage, apply(output, "latents")).run();
    new ReconstructJob(storage, apply(output, "copies")).run();

    SampleResult result = decode(output, folder.resolve("latents/latent.parquet").toString());

    assertThat(result.count()).isEqualTo(120);
    List<Row> rows = decoded(session);
    List<Row> copies =
        session
            .read()
            .parquet(folder.resolve("copies/reconstructions.parquet").toString())
            .orderBy("file", "index")
            .collectAsList();
    for (int i = 0; i < 120; i++) {
      assertThat(rows.get(i).<byte[]>getAs("image"))
          .isEqualTo(copies.get(i).<byte[]>getAs("image"));
    }
    assertThat(rows.get(0).schema().fieldNames())
        .containsExactly(
            "file", "index", "label", "class", "variance", "rejected", "error", "image");
  }

  @Test
  void rowsComeBackInTheirOwnUnits(SparkSession session) {
    String output = Trainings.train(Trainings.rows(folder, "training.epochs=60")).output();
    new EncodeJob(storage, apply(output, "latents")).run();

    decode(output, folder.resolve("latents/latent.parquet").toString());

    // Column b of every row is 100 more than column a, whose mean is 0.
    List<Float> row = decoded(session).get(3).getList(6);
    assertThat(row.get(1)).isBetween(90f, 110f);
  }

  @Test
  void vectorsOfOnesOwnMayBeArraysAndNull(SparkSession session) {
    String output = Trainings.train(Trainings.gan(folder)).output();
    int size = PastRun.of(storage, output).config().model().latent();
    String table = folder.resolve("own.parquet").toString();
    write(session, table, java.util.Collections.nCopies(size, 0.5f), null);

    assertThat(decode(output, table).count()).isEqualTo(1);

    List<Row> rows = decoded(session);
    assertThat(rows.get(0).<byte[]>getAs("image")).isNotEmpty();
    assertThat(rows.get(1).<byte[]>getAs("image")).isNull();
  }

  private static void write(
      SparkSession session, String table, List<Float> first, List<Float> second) {
    StructType schema =
        new StructType()
            .add("file", DataTypes.StringType)
            .add("index", DataTypes.LongType)
            .add("latent", DataTypes.createArrayType(DataTypes.FloatType));
    session
        .createDataFrame(
            List.of(RowFactory.create("a", 0L, first), RowFactory.create("b", 0L, second)), schema)
        .write()
        .parquet(table);
  }

  @Test
  void whatDoesNotFitIsNamed(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();
    String wide = folder.resolve("wide.parquet").toString();
    write(session, wide, List.of(1f, 2f), null);
    String holes = folder.resolve("holes.parquet").toString();
    write(session, holes, List.of(1f, Float.NaN, 2f, 3f), null);

    assertRefused(output, wide, "has 4 numbers, but the column 'latent' has one with 2");
    assertRefused(output, holes, "has a vector with NaN in it");
    assertRefused(output, folder.resolve("nothing").toString(), "is no Parquet table");
    new ReconstructJob(storage, apply(output, "copies")).run();
    assertRefused(
        output,
        folder.resolve("copies/reconstructions.parquet").toString(),
        "has no column 'latent'; it has file, index");
  }

  @Test
  void aTableThatStorageRefusesIsNoMatterOfInput(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> decode(output, "hdfs://no-such-host.invalid:9/latent.parquet"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .withMessageContaining("reading hdfs://no-such-host.invalid:9/latent.parquet");
  }

  private void assertRefused(String output, String table, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                new DecodeJob(
                        storage,
                        new DecodeRequest(
                            output, table, "latent", folder.resolve(reason).toString()))
                    .run())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining(reason);
  }

  @Test
  void aClassifierHasNoDecoder(SparkSession session) {
    String output = Trainings.train(Trainings.classifier(folder)).output();

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> decode(output, "nothing"))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining("cannot decode: model.family = classifier has no decoder");
  }
}
