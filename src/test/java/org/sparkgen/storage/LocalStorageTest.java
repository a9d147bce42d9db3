package org.sparkgen.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a local disk, and what is peculiar to it. */
class LocalStorageTest extends StorageContract {
  @TempDir private Path directory;
  private final Storage storage = Storage.open();

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String folder() {
    return directory.toUri() + "run";
  }

  @Test
  void writesThroughALinkToAFolder() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);

    storage.publish(link.toUri() + "/a", "1");
    assertThat(storage.claim(link.toUri() + "/b", new byte[1])).isTrue();

    assertThat(target.resolve("a")).hasContent("1");
    assertThat(target.resolve("b")).exists();
  }

  @Test
  void writesNoChecksumFiles() throws IOException {
    storage.publish(folder() + "/a", "1");
    storage.claim(folder() + "/b", new byte[1]);
    storage.create(folder() + "/c").close();

    try (Stream<Path> files = Files.list(directory.resolve("run"))) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted())
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void hidesChecksumFilesOfOthers() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.writeString(directory.resolve("run/part"), "x");
    Files.writeString(directory.resolve("run/.part.crc"), "x");

    assertThat(names(storage.list(folder()))).containsExactly("part");
    assertThat(names(storage.listFiles(folder()))).containsExactly("part");
  }

  @Test
  void doesNotFollowALoopOfLinks() throws IOException {
    Path images = Files.createDirectories(directory.resolve("run/images"));
    Files.writeString(images.resolve("a.png"), "x");
    Files.createSymbolicLink(images.resolve("loop"), directory.resolve("run"));

    assertThat(names(storage.listFiles(folder()))).containsExactly("images/a.png");
  }

  @Test
  void plainPathsAndNamesWithSpacesWork() throws IOException {
    Path odd = Files.createDirectories(directory.resolve("a b#ü"));
    Files.writeString(odd.resolve("x 100%.txt"), "odd");

    List<StorageEntry> entries = storage.list(odd.toString());

    assertThat(names(entries)).containsExactly("x 100%.txt");
    assertThat(storage.readText(entries.get(0).uri())).isEqualTo("odd");
  }

  @Test
  void exactlyOneOfManyClaimsWins() throws Exception {
    int claimants = 8;
    ExecutorService threads = Executors.newFixedThreadPool(claimants);
    try {
      CyclicBarrier together = new CyclicBarrier(claimants);
      Callable<Boolean> claim =
          () -> {
            together.await();
            return storage.claim(folder() + "/lease", new byte[1]);
          };
      List<Future<Boolean>> results =
          threads.invokeAll(IntStream.range(0, claimants).mapToObj(i -> claim).toList());
      int winners = 0;
      for (Future<Boolean> result : results) {
        winners += result.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
