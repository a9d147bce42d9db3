package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Examples that have gone through the latent space. */
@ExtendWith(LocalSpark.class)
class ReconstructJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private List<Row> reconstruct(SparkSession session, String output) {
    String to = folder.resolve("copies").toString();
    new ReconstructJob(storage, new ApplyRequest(output, DataRequest.ofTraining(), to)).run();
    return session
        .read()
        .parquet(to + "/reconstructions.parquet")
        .orderBy("file", "index")
        .collectAsList();
  }

  @Test
  void picturesComeBackWithTheirErrors(SparkSession session) throws IOException {
    TrainResult vae = Trainings.train(Trainings.vae(folder));

    List<Row> rows = reconstruct(session, vae.output());

    assertThat(rows).hasSize(120);
    assertThat(folder.resolve("copies/grid.png")).isNotEmptyFile();
    byte[] idx = storage.readBytes(folder.resolve("train.idx").toString());
    for (Row row : rows.subList(0, 5)) {
      BufferedImage copy = ImageIO.read(new ByteArrayInputStream(row.<byte[]>getAs("image")));
      double sum = 0;
      int pixels = Trainings.SIDE * Trainings.SIDE;
      for (int i = 0; i < pixels; i++) {
        int original = idx[16 + (int) row.<Long>getAs("index").longValue() * pixels + i] & 0xFF;
        int difference =
            copy.getRaster().getSample(i % Trainings.SIDE, i / Trainings.SIDE, 0) - original;
        sum += difference * difference;
      }
      double psnr = 10 * Math.log10(255.0 * 255.0 / (sum / pixels));
      assertThat(row.<Double>getAs("psnr")).isCloseTo(psnr, within(1e-9));
      assertThat(row.<Double>getAs("squaredError"))
          .as("of pixels from 0 to 1, and not rounded")
          .isCloseTo(sum / pixels / 255 / 255, within(0.01));
    }
  }

  @Test
  void rowsComeBackInTheirOwnUnits(SparkSession session) {
    TrainResult rows = Trainings.train(Trainings.rows(folder, "training.epochs=60"));

    Row row = reconstruct(session, rows.output()).get(3);

    // Column b of every row is 100 more than column a, whose mean is 0.
    List<Float> copy = row.getList(row.fieldIndex("features"));
    assertThat(copy.get(1)).isCloseTo(100f, within(10f));
    assertThat(row.schema().fieldNames()).doesNotContain("psnr");
  }

  @Test
  void aModelWithoutEncoderIsRefused(SparkSession session) {
    TrainResult gan = Trainings.train(Trainings.gan(folder));

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> reconstruct(session, gan.output()))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining("cannot reconstruct: model.family = gan has no encoder");
  }
}
