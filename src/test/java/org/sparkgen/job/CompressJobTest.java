package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
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
import org.sparkgen.data.Pictures;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Images as codes, and back. */
@ExtendWith(LocalSpark.class)
class CompressJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private TableResult compress(String output, double step) {
    return new CompressJob(
            storage,
            new CompressRequest(
                new ApplyRequest(output, DataRequest.ofTraining(), path("codes")), step))
        .run();
  }

  private SampleResult decompress(String output) {
    return new DecompressJob(
            storage, new DecompressRequest(output, path("codes"), path("pictures")))
        .run();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void picturesComeBackAsTheRecordSays(SparkSession session) throws IOException {
    String output = Trainings.train(Trainings.vae(folder)).output();

    TableResult result = compress(output, 0.25);
    SampleResult pictures = decompress(output);

    assertThat(result.accepted()).isEqualTo(120);
    assertThat(pictures.count()).isEqualTo(120);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("codes/codes.json").toFile());
    int bits = json.path("bits").asInt();
    List<Row> rows = session.read().parquet(path("codes/codes.parquet")).collectAsList();
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.<byte[]>getAs("code")).hasSize((bits + 7) / 8));
    byte[] idx = storage.readBytes(path("train.idx"));
    int size = Trainings.SIDE * Trainings.SIDE;
    double sum = 0;
    for (int image = 0; image < 120; image++) {
      BufferedImage copy =
          ImageIO.read(
              folder.resolve("pictures/images/train.idx/%09d.png".formatted(image)).toFile());
      for (int i = 0; i < size; i++) {
        int difference =
            copy.getRaster().getSample(i % Trainings.SIDE, i / Trainings.SIDE, 0)
                - (idx[16 + image * size + i] & 0xFF);
        sum += difference * difference;
      }
    }
    JsonNode own = json.path("methods").path(0);
    assertThat(own.path("bitsPerPixel").asDouble())
        .isCloseTo(8 * Math.ceil(bits / 8.0) / size, within(1e-12));
    assertThat(own.path("psnr").asDouble())
        .isCloseTo(10 * Math.log10(255.0 * 255.0 / (sum / 120 / size)), within(1e-9));
    assertThat(json.path("methods").path(1).path("psnr").isNull()).as("PNG loses nothing").isTrue();
    assertThat(result.text())
        .contains("this model", "PNG", "lossless", "JPEG, quality 25", "JPEG, quality 75");
  }

  @Test
  void aCoarserStepTakesFewerBitsAndLosesMore(SparkSession session) throws IOException {
    String output = Trainings.train(Trainings.vae(folder)).output();
    compress(output, 0.01);
    JsonNode fine = new ObjectMapper().readTree(folder.resolve("codes/codes.json").toFile());
    Files.move(folder.resolve("codes"), folder.resolve("fine"));
    compress(output, 2);
    JsonNode coarse = new ObjectMapper().readTree(folder.resolve("codes/codes.json").toFile());

    assertThat(coarse.path("bits").asInt()).isLessThan(fine.path("bits").asInt());
    assertThat(coarse.path("methods").path(0).path("psnr").asDouble())
        .isLessThan(fine.path("methods").path(0).path("psnr").asDouble());
  }

  @Test
  void anotherModelCannotReadTheCodes(SparkSession session) {
    String output = Trainings.train(Trainings.vae(folder)).output();
    String other =
        Trainings.train(Trainings.vae(folder, "run.seed=8", "output.path=" + path("other")))
            .output();
    compress(output, 0.5);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> decompress(other))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining("name the output that compress was given");
  }

  @Test
  void whatCannotBeCompressedIsRefused(SparkSession session) {
    String rows = Trainings.train(Trainings.rows(folder)).output();
    String gan = Trainings.train(Trainings.gan(folder, "output.path=" + path("gan"))).output();

    assertRefused(() -> compress(rows, 0.5), ExitCode.USAGE, "rows of numbers, not of images");
    assertRefused(() -> compress(gan, 0.5), ExitCode.USAGE, "model.family = gan has no encoder");
    assertRefused(() -> decompress(gan), ExitCode.INPUT, "has no codes.json");
  }

  @Test
  void brokenPicturesAreNamedAndNothingButThemIsAnInputError(SparkSession session)
      throws IOException {
    String output = Trainings.train(Trainings.vae(folder)).output();
    Path pictures = Files.createDirectories(folder.resolve("own"));
    Files.writeString(pictures.resolve("broken.png"), "no picture");
    CompressRequest request =
        new CompressRequest(
            new ApplyRequest(output, EncodeJobTest.pictures(pictures), path("codes")), 0.25);

    assertRefused(
        () -> new CompressJob(storage, request).run(), ExitCode.INPUT, "no example can be used");

    Files.write(
        pictures.resolve("my photo.png"), Pictures.file(Pictures.plain(8, 8, 0xFFFFFF), "png"));
    TableResult result = new CompressJob(storage, request).run();
    assertThat(result.rejected()).isEqualTo(1);
    assertThat(result.text()).contains("broken.png: not a PNG, JPEG, GIF or BMP file");
    assertThat(decompress(output).count()).isEqualTo(1);
  }

  private static void assertRefused(Runnable call, ExitCode code, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code))
        .withMessageContaining(reason);
  }
}
