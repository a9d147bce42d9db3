package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** A conditional, importance-weighted VAE of binarised pictures, from its data to its artifacts. */
@ExtendWith(LocalSpark.class)
class ConditionalVaeTest {
  private static final String[] SETTINGS = {
    "model.classes=3", "model.importanceSamples=2", "data.binarize=dynamic", "output.samples=21"
  };

  @TempDir private Path folder;

  private RunConfig config(String run) {
    List<String> overrides = new ArrayList<>(List.of(SETTINGS));
    overrides.add("output.path=" + folder.resolve(run));
    return Trainings.vae(folder, Trainings.labelled(folder, overrides.toArray(String[]::new)));
  }

  @Test
  void drawsAColumnPerClassAndSaysWhatItsDecoderReads(SparkSession session) throws IOException {
    TrainResult result = Trainings.train(config("run"));

    BufferedImage grid = picture(result, "samples/final.png");
    // Three pictures side by side, and seven rows.
    assertThat(grid.getHeight()).isGreaterThan(2 * grid.getWidth());
    assertThat(picture(result, "reconstructions/final.png")).isNotNull();
    assertThat(picture(result, "interpolations/final.png")).isNotNull();
    assertThat(Storage.open().readText(result.output() + "/artifacts/model.json"))
        .contains("[N,7]: 4 numbers, latent vectors, then the class as 3 numbers");
    assertThat(result.losses()).containsKeys("loss", "negativeElbo", "heldOut.loss");
    assertThat(result.losses().get("loss")).isLessThan(result.losses().get("negativeElbo"));
  }

  @Test
  void theSameConfigurationGivesTheSameWeights(SparkSession session) {
    assertThat(Trainings.train(config("one")).weightsSha256())
        .isEqualTo(Trainings.train(config("two")).weightsSha256());
  }

  @Test
  void examplesWithoutClassesAreRefusedWhereItIsGivenThem(SparkSession session) {
    String output = Trainings.train(config("run")).output();
    // A path of its own, without the training's label file.
    DataRequest unlabelled =
        new DataRequest(
            Optional.of(folder.resolve("train.idx").toString()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Storage storage = Storage.open();
    Function<String, ApplyRequest> to =
        name -> new ApplyRequest(output, unlabelled, folder.resolve(name).toString());

    assertThat(new EncodeJob(storage, to.apply("encoded")).run().accepted()).isEqualTo(120);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () -> new CompressJob(storage, new CompressRequest(to.apply("codes"), 0.25)).run())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining("cannot compress: the decoder of a conditional model is told each")
        .withMessageContaining("give --labels or --label-column");
    assertThat(folder.resolve("codes")).doesNotExist();
    assertRefused(new ReconstructJob(storage, to.apply("copies")));
    assertRefused(
        new ScoreJob(
            storage,
            new ScoreRequest(to.apply("scores"), Optional.empty(), 1, 1, 0, Optional.empty())));
    ScoreRequest distances =
        new ScoreRequest(
            to.apply("distances"),
            Optional.of(AnomalyScore.ENCODER_DISTANCE),
            1,
            1000,
            0,
            Optional.empty());
    assertThat(new ScoreJob(storage, distances).run().accepted()).isEqualTo(120);
  }

  private static void assertRefused(Job<TableResult> job) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(job::run)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .withMessageContaining("without a label from 0 to 2; give labels");
  }

  private static BufferedImage picture(TrainResult result, String name) throws IOException {
    return ImageIO.read(Path.of(result.output(), name).toFile());
  }
}
