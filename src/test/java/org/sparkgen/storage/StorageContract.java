package org.sparkgen.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** What every {@link Storage} promises; run on each kind of file system. */
abstract class StorageContract {

  /** The storage under test. */
  abstract Storage storage();

  /** A folder that this test alone uses; it need not exist. */
  abstract String folder();

  private String at(String name) {
    return Storage.resolve(folder(), name);
  }

  @Test
  void publishedContentIsReadBack() {
    storage().publish(at("a/b.txt"), "grüße");

    assertThat(storage().readText(at("a/b.txt"))).isEqualTo("grüße");
    assertThat(storage().readBytes(at("a/b.txt"))).isEqualTo("grüße".getBytes(UTF_8));
    assertThat(storage().length(at("a/b.txt"))).isEqualTo(7);
    assertThat(storage().exists(at("a/b.txt"))).isTrue();
  }

  @Test
  void publishReplacesAndLeavesNothingElse() {
    storage().publish(at("file"), "old and longer");
    storage().publish(at("file"), "new");

    assertThat(storage().readText(at("file"))).isEqualTo("new");
    assertThat(names(storage().list(folder()))).containsExactly("file");
  }

  @Test
  void createRefusesToReplace() throws IOException {
    try (OutputStream out = storage().create(at("deep/file"))) {
      out.write(new byte[] {1, 2, 3});
    }

    assertThat(storage().readBytes(at("deep/file"))).containsExactly(1, 2, 3);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> storage().create(at("deep/file")))
        .withMessageContaining("can't create")
        .withMessageContaining("deep/file: it exists already")
        .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.EXISTS))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
  }

  @Test
  void firstClaimWins() {
    assertThat(storage().claim(at("lease"), "first".getBytes(UTF_8))).isTrue();
    assertThat(storage().claim(at("lease"), "second".getBytes(UTF_8))).isFalse();
    assertThat(storage().readText(at("lease"))).isEqualTo("first");
  }

  @Test
  void listingsAreSortedAndNamedBelowTheFolder() {
    storage().publish(at("b"), "22");
    storage().publish(at("a/z"), "1");
    storage().publish(at("a/y/x"), "4444");

    assertThat(names(storage().list(folder()))).containsExactly("a", "b");
    assertThat(storage().list(folder()).get(0).kind()).isEqualTo(StorageEntry.Kind.FOLDER);
    assertThat(names(storage().listFiles(folder()))).containsExactly("a/y/x", "a/z", "b");
    StorageEntry first = storage().listFiles(folder()).get(0);
    assertThat(first.length()).isEqualTo(4);
    assertThat(first.isFile()).isTrue();
    assertThat(storage().readText(first.uri())).isEqualTo("4444");
  }

  @Test
  void aFileIsListedAsItself() {
    storage().publish(at("a/z"), "1");

    assertThat(names(storage().list(at("a/z")))).containsExactly("z");
    assertThat(names(storage().listFiles(at("a/z")))).containsExactly("z");
  }

  @Test
  void globFindsFilesAndFolders() {
    storage().publish(at("x/1.png"), "1");
    storage().publish(at("x/2.png"), "2");
    storage().publish(at("y/3.png"), "3");
    storage().publish(at("y/3.txt"), "3");

    assertThat(names(storage().glob(folder() + "/*/*.png")))
        .containsExactly("1.png", "2.png", "3.png");
    assertThat(storage().glob(folder() + "/*.gif")).isEmpty();
    assertThat(storage().glob(folder() + "-nowhere/none")).isEmpty();
  }

  @Test
  void deleteTakesAFolderWithAllInItAndForgivesNothingness() {
    storage().publish(at("a/y/x"), "1");
    storage().publish(at("b"), "2");

    storage().delete(at("a"));
    storage().delete(at("a"));
    storage().delete(at("b"));

    assertThat(storage().exists(at("a/y/x"))).isFalse();
    assertThat(storage().exists(at("a"))).isFalse();
    assertThat(storage().exists(at("b"))).isFalse();
  }

  @Test
  void missingThingsAreTellable() {
    List<Runnable> attempts =
        List.of(
            () -> storage().readBytes(at("none")),
            () -> storage().read(at("none")),
            () -> storage().length(at("none")),
            () -> storage().list(at("none")),
            () -> storage().listFiles(at("none")),
            () -> storage().sha256(at("none")));
    for (Runnable attempt : attempts) {
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(attempt::run)
          .withMessageContaining("/none: there is no such file or folder")
          .withMessageContaining("Check the path's spelling")
          .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.MISSING));
    }
  }

  @Test
  void digestIsTheWellKnownOne() {
    storage().publish(at("abc"), "abc");

    assertThat(storage().sha256(at("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void readsPieceByPiece() throws IOException {
    storage().publish(at("bytes"), new byte[] {1, 2, 3, 4, 5});

    try (InputStream in = storage().read(at("bytes"))) {
      assertThat(in.read()).isEqualTo(1);
      in.skipNBytes(2);
      assertThat(in.readAllBytes()).containsExactly(4, 5);
    }
  }

  static List<String> names(List<StorageEntry> entries) {
    return entries.stream().map(StorageEntry::name).toList();
  }
}
