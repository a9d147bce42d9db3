package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Pictures;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Ways from one picture to another. */
@ExtendWith(LocalSpark.class)
class InterpolateJobTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  private SampleResult interpolate(
      String output, LatentPoint from, LatentPoint to, Optional<String> className) {
    return new InterpolateJob(
            storage,
            new InterpolateRequest(
                new LatentRequest(output, List.of(from, to), className, path("path")), 5))
        .run();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private byte[] picture(int step) throws IOException {
    return Files.readAllBytes(folder.resolve("path/images/%04d.png".formatted(step)));
  }

  @Test
  void beginsAndEndsWithTheSamplesOfTheSeeds(SparkSession session) throws IOException {
    String output = Trainings.train(Trainings.gan(folder)).output();

    SampleResult result =
        interpolate(output, new LatentPoint.Drawn(3), new LatentPoint.Drawn(4), Optional.empty());

    assertThat(result.count()).isEqualTo(5);
    assertThat(folder.resolve("path/interpolation.png")).isNotEmptyFile();
    assertThat(picture(0)).isEqualTo(firstSample(output, 3));
    assertThat(picture(4)).isEqualTo(firstSample(output, 4)).isNotEqualTo(picture(0));
    assertThat(picture(2)).isNotEqualTo(picture(0)).isNotEqualTo(picture(4));
  }

  private byte[] firstSample(String output, long seed) throws IOException {
    String to = path("samples-" + seed);
    new SampleJob(
            storage,
            new SampleRequest(
                output, 1, seed, Map.of(), OptionalDouble.empty(), SampleRequest.Form.FILES, to))
        .run();
    return Files.readAllBytes(Path.of(to, "images/000000000.png"));
  }

  @Test
  void goesBetweenPicturesAndStaysWhereTheyAreTheSame(SparkSession session) throws IOException {
    String output = Trainings.train(Trainings.vae(folder)).output();
    Path white = folder.resolve("white.png");
    Path black = folder.resolve("black.png");
    Files.write(white, Pictures.file(Pictures.plain(8, 8, 0xFFFFFF), "png"));
    Files.write(black, Pictures.file(Pictures.plain(20, 20, 0), "png"));
    LatentPoint from = new LatentPoint.Encoded(white.toString());

    interpolate(output, from, new LatentPoint.Encoded(black.toString()), Optional.empty());
    byte[] first = picture(0);
    assertThat(picture(4)).isNotEqualTo(first);

    org.apache.commons.io.FileUtils.deleteDirectory(folder.resolve("path").toFile());
    interpolate(output, from, from, Optional.empty());
    assertThat(picture(0)).isEqualTo(first);
    assertThat(picture(4)).isEqualTo(first);
  }

  @Test
  void aConditionalModelIsToldTheClass(SparkSession session) {
    String output =
        Trainings.train(Trainings.vae(folder, Trainings.labelled(folder, "model.classes=3")))
            .output();
    LatentPoint seed = new LatentPoint.Drawn(1);

    assertRefused(
        () -> interpolate(output, seed, seed, Optional.empty()),
        ExitCode.USAGE,
        "name one with --class");
    assertRefused(
        () -> interpolate(output, seed, seed, Optional.of("3")),
        ExitCode.USAGE,
        "there is no class 3: the model has 0 to 2");
    assertThat(interpolate(output, seed, seed, Optional.of("2")).count()).isEqualTo(5);
  }

  @Test
  void traversalsGoThroughTheDimensionsAroundAPoint(SparkSession session) throws IOException {
    String output = Trainings.train(Trainings.gan(folder)).output();
    int size = PastRun.of(storage, output).config().model().latent();
    LatentRequest request =
        new LatentRequest(
            output, List.of(new LatentPoint.Drawn(3)), Optional.empty(), path("traversals"));

    TraverseResult result = new TraverseJob(storage, request).run();

    assertThat(result.drawn().count()).isEqualTo(Math.min(10, size));
    assertThat(result.text().lines().filter(line -> line.matches("z\\d+ .*")))
        .hasSize((int) result.drawn().count());
    BufferedImage drawn = ImageIO.read(folder.resolve("traversals/traversals.png").toFile());
    // Seven pictures side by side, a row for each dimension.
    assertThat((double) drawn.getWidth() / drawn.getHeight())
        .isCloseTo(7.0 / result.drawn().count(), within(0.5));
  }

  @Test
  void whatAFamilyCannotDoIsRefused(SparkSession session) throws IOException {
    LatentPoint seed = new LatentPoint.Drawn(1);
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    LatentPoint picture = new LatentPoint.Encoded(text.toString());
    String gan = Trainings.train(Trainings.gan(folder)).output();
    String vae = Trainings.train(Trainings.vae(folder, "output.path=" + path("vae"))).output();
    String rows = Trainings.train(Trainings.rows(folder, "output.path=" + path("rows"))).output();

    assertRefused(
        () -> interpolate(gan, seed, picture, Optional.empty()),
        ExitCode.USAGE,
        "model.family = gan has no encoder; name seeds instead");
    assertRefused(
        () -> interpolate(rows, seed, seed, Optional.empty()),
        ExitCode.USAGE,
        "model.family = autoencoder has no prior; name pictures instead");
    assertRefused(
        () -> interpolate(vae, seed, picture, Optional.empty()),
        ExitCode.INPUT,
        "text.png can't be read as a picture");
    assertRefused(
        () -> interpolate(vae, seed, seed, Optional.of("1")),
        ExitCode.USAGE,
        "cannot choose classes");
  }

  private static void assertRefused(Runnable call, ExitCode code, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code))
        .withMessageContaining(reason);
  }
}
