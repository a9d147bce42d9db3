package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ImageConversion;
import org.sparkgen.data.LabelledNames;
import org.sparkgen.data.Outcome;
import org.sparkgen.data.Pictures;
import org.sparkgen.data.Reject;
import org.sparkgen.storage.MemoryStorage;
import org.sparkgen.storage.Storage;

class ExampleReadersTest {
  private static final ImageConversion TINY =
      new ImageConversion(new ImageConfig(1, 1, 1, ImageConfig.Fit.CROP));
  private static final LabelledNames CLASSES = LabelledNames.sorted(List.of("cat"));

  private final MemoryStorage storage = new MemoryStorage();

  private static ExampleFile file(String name, long length) {
    return new ExampleFile(name, "mem:/" + name, length);
  }

  /** A lost connection must never be counted as a bad image: Spark is to try again. */
  @Test
  void letsFailuresOfTheStorageEscape() {
    for (ExampleReader reader :
        List.of(
            ExampleReaders.pictures(TINY, CLASSES),
            ExampleReaders.cifar10(TINY),
            ExampleReaders.idx(TINY, Optional.of("mem:/labels")))) {
      assertThatThrownBy(() -> reader.read(storage, file("cat/missing.png", 1)).next())
          .isInstanceOfSatisfying(
              JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
    }
  }

  @Test
  void turnsDamageIntoAReject() {
    storage.publish("mem:/cat/bad.png", new byte[] {1});
    storage.publish("mem:/cat/good.png", Pictures.file(Pictures.plain(1, 1, 0xFFFFFF), "png"));
    ExampleReader reader = ExampleReaders.pictures(TINY, CLASSES);

    Outcome bad = reader.read(storage, file("cat/bad.png", 1)).next();
    Outcome good = reader.read(storage, file("cat/good.png", 1)).next();

    assertThat(bad.reject().orElseThrow())
        .hasToString("mem:/cat/bad.png [0]: not a PNG, JPEG, GIF or BMP file");
    assertThat(good.label()).isZero();
    assertThat(good.pixels()).containsExactly(255);
  }

  @Test
  void refusesFilesThatFitIntoNoArrayWithoutReadingThem() {
    Outcome picture =
        ExampleReaders.pictures(TINY, CLASSES).read(storage, file("cat/a.png", 3L << 30)).next();
    Outcome container =
        ExampleReaders.cifar10(TINY).read(storage, file("batch.bin", 3L << 30)).next();

    assertThat(picture.reject().orElseThrow())
        .hasToString(
            "mem:/cat/a.png [0]: it has 3,221,225,472 bytes; at most 2,147,483,639 are read");
    assertThat(container.reject().orElseThrow().index()).isEqualTo(Reject.WHOLE_FILE);
    assertThat(container.reject().orElseThrow().reason()).endsWith("; split it into several files");
  }

  @Test
  void namesFilesBelowTheRootOfTheListing() {
    for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/_hidden/1.png", "b/.x", "c")) {
      storage.publish("mem:/base/" + name, new byte[] {1});
    }

    assertThat(names("mem:/base")).containsExactly("a/1.png", "a/2.png", "b/1.png", "c");
    assertThat(names("mem:/base/a")).containsExactly("1.png", "2.png");
    assertThat(names("mem:/base/c")).containsExactly("c");
    assertThat(names("mem:/base/*/1.png")).containsExactly("a/1.png", "b/1.png");
    assertThat(names("mem:/base/a/*.png")).containsExactly("1.png", "2.png");
  }

  private List<String> names(String path) {
    return new ExampleListing(storage, "data.path", path)
        .files().stream().map(ExampleFile::name).toList();
  }

  /** A relative path would mean another file in the working directory of an executor. */
  @Test
  void addressesOneFileInFull() {
    ExampleFile file = new ExampleListing(Storage.open(), "data.labels", "pom.xml").file();

    assertThat(file.uri()).isEqualTo("file:" + Path.of("pom.xml").toAbsolutePath());
  }

  @Test
  void refusesAFolderInThePlaceOfOneFile() {
    storage.publish("mem:/labels/1", new byte[] {1});
    storage.publish("mem:/labels/2", new byte[] {1});

    assertThatThrownBy(() -> new ExampleListing(storage, "data.labels", "mem:/labels").file())
        .isInstanceOf(JobException.class)
        .hasMessage(
            "data.labels = mem:/labels: a folder of 2 files is there. Give the address of one"
                + " file.");
  }

  @Test
  void takesTheClassFromTheFolderNextToTheFile() {
    assertThat(file("a/b/c.png", 1).folder()).isEqualTo("b");
    assertThat(file("b/c.png", 1).folder()).isEqualTo("b");
    assertThat(file("c.png", 1).folder()).isEmpty();
  }

  @Test
  void spreadsIdsOverTheShards() {
    ExampleIds ids = new ExampleIds(7);
    int[] counts = new int[7];
    for (int i = 0; i < 7000; i++) {
      counts[ids.getPartition(ExampleIds.id("name", i))]++;
    }

    assertThat(counts).hasSize(7);
    assertThat(java.util.Arrays.stream(counts)).allMatch(n -> n > 850 && n < 1150);
    assertThat(ExampleIds.id("name", 1)).isNotEqualTo(ExampleIds.id("names", 1));
  }
}
