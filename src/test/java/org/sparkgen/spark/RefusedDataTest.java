package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;

/** Data that is left out or refused, and what is said about it. */
@ExtendWith(LocalSpark.class)
class RefusedDataTest {
  @TempDir private Path folder;

  private DataConfig pictures(String path, double maxRejectedFraction) {
    return TestData.pictures(path, folder.resolve("held-out"), maxRejectedFraction);
  }

  private void picture(String name, int rgb) throws IOException {
    TestData.picture(folder, name, rgb);
  }

  private static void assertRefused(SparkSession session, DataConfig data, String... message) {
    assertThatThrownBy(() -> ExampleShards.load(session, data))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContainingAll(message);
  }

  @Test
  void leavesExcludedClassesOutByNameOrNumber(SparkSession session) throws IOException {
    for (String name : List.of("ape", "bear", "cat")) {
      picture(name + "/1.png", 1);
      picture(name + "/2.png", 2);
    }

    try (ExampleShards shards = ExampleShards.load(session, without("bear", "2"))) {
      assertThat(shards.accepted()).isEqualTo(2);
      assertThat(shards.highestLabel()).isZero();
      assertThat(shards.preprocessing().classNames())
          .as("numbers stay")
          .containsExactly("ape", "bear", "cat");
    }
    assertThatThrownBy(() -> ExampleShards.load(session, without("dog")))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContaining("data.excludedClasses = dog: ")
        .hasMessageContaining("has no such class; its classes are ape, bear, cat");
  }

  @Test
  void excludedNumbersMustBeThoseOfClasses(SparkSession session) throws IOException {
    picture("ape/1.png", 1);
    picture("bear/1.png", 2);
    assertRefused(
        session,
        without("2"),
        "data.excludedClasses = 2: ",
        "has no such class; its classes are ape, bear");

    DataConfig numbered = TestData.fashion(4, "12");
    assertRefused(
        session,
        numbered,
        "data.excludedClasses = 12: data.path = " + numbered.path(),
        "has no such class; its classes are numbers from 0 to 9");
    assertRefused(
        session,
        TestData.fashion(4, "9", "12"),
        "data.excludedClasses = 12: ",
        "its classes are numbers from 0 to 9");
  }

  @Test
  void aFormatThatDoesNotFitNamesTheOneThatDoes(SparkSession session) throws IOException {
    picture("ape/1.png", 1);
    for (DataFormat format : List.of(DataFormat.IDX, DataFormat.PARQUET, DataFormat.CIFAR10)) {
      assertRefused(
          session,
          TestData.of(format, folder.toString()),
          "data.format = %s, but ape/1.png is a picture; give data.format = folder, or --format folder"
              .formatted(Keyword.of(format)));
    }
    Path idx = folder.resolve("train.idx");
    Files.write(idx, new byte[] {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8});
    assertRefused(
        session,
        TestData.of(DataFormat.PARQUET, idx.toString()),
        "train.idx is a file of the format idx; give data.format = idx, or --format idx");
    assertRefused(
        session,
        TestData.of(DataFormat.FOLDER, idx.toString()),
        "not a PNG, JPEG, GIF or BMP file; data.format = idx reads it");
  }

  @Test
  void stopsIfTooMuchIsRejected(SparkSession session) throws IOException {
    for (int i = 0; i < 8; i++) {
      picture("a/" + i + ".png", i);
    }
    Files.writeString(folder.resolve("a/notes.txt"), "hello");
    Files.writeString(folder.resolve("a/more.txt"), "hello");

    assertRefused(
        session,
        pictures(folder.toString(), 0.1),
        "data.path = " + folder,
        "2 of 10 listed examples can't be used (20.00 %), more than data.maxRejectedFraction = 0.1"
            + " allows. Remove or repair them, or raise data.maxRejectedFraction.",
        "more.txt [0]: not a PNG, JPEG, GIF or BMP file");
    try (ExampleShards shards = ExampleShards.load(session, pictures(folder.toString(), 0.2))) {
      assertThat(shards.accepted()).isEqualTo(8);
    }
  }

  @Test
  void stopsIfNothingIsLeft(SparkSession session) throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "hello");

    assertRefused(
        session,
        pictures(folder.toString(), 1),
        "none of 1 listed examples can be used. Check data.format = folder.",
        "notes.txt [0]: not a PNG");
  }

  @Test
  void stopsIfNothingIsThere(SparkSession session) throws IOException {
    assertRefused(
        session,
        pictures(folder.resolve("missing").toString(), 1),
        "data.path = " + folder + "/missing: there is no such file or folder");
    assertRefused(
        session, pictures(folder.resolve("*.png").toString(), 1), "*.png: no files found.");
    picture("_hidden/a.png", 1);
    assertRefused(
        session,
        pictures(folder.toString(), 1),
        "no files found. Files and folders whose names begin with '_' or '.' are skipped.");
  }

  @Test
  void stopsBeforeAnyTaskIfTheLabelsAreNotThere(SparkSession session) {
    DataConfig data = TestData.fashion(2);
    DataConfig wrong =
        new DataConfig(
            data.path(),
            data.format(),
            Optional.of("missing-labels"),
            data.column(),
            data.labelColumn(),
            data.shards(),
            data.image(),
            data.features(),
            1,
            List.of(),
            DataConfig.Binarization.NONE,
            Optional.empty());

    // A source reads nothing yet.
    assertThatThrownBy(
            () -> ExampleSource.of(session, wrong, "data.path", UnaryOperator.identity()))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            "data.labels = missing-labels: there is no such file. Give the address of one file.");
  }

  @Test
  void stopsIfAContainerFileCannotBeRead(SparkSession session) throws IOException {
    Path file = Files.writeString(folder.resolve("images.idx"), "something else");
    DataConfig data = TestData.fashion(2);
    DataConfig wrong =
        new DataConfig(
            file.toString(),
            data.format(),
            Optional.empty(),
            data.column(),
            data.labelColumn(),
            data.shards(),
            data.image(),
            data.features(),
            1,
            List.of(),
            DataConfig.Binarization.NONE,
            Optional.empty());

    assertRefused(
        session, wrong, "can't read file:" + file + ": begins with 0x736F6D65, but an IDX image");
  }

  private DataConfig without(String... classes) {
    return TestData.of(DataFormat.FOLDER, folder.toString(), classes);
  }
}
