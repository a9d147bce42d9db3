package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.ConfigText;
import org.sparkgen.config.RunConfig;
import org.sparkgen.storage.FaultyFileSystem;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/**
 * Runs of three rounds whose driver is killed by the operating system in the midst of a call of the
 * file system. Each is finished by the next process, which goes on to the next call.
 */
class DriverDeathIT {
  private static final int SIGKILL = 128 + 9;
  private static final int SAMPLED = 113;
  private static final int CHAINS = 2;

  @TempDir private Path folder;
  private final List<ChildJvm> children = new CopyOnWriteArrayList<>();
  private final Storage storage = FaultyFileSystem.storage();

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  @Test
  void someCallsOfVae() throws IOException {
    assertThat(killAtEvery(SAMPLED, "some-vae", Trainings.vae(folder))).isGreaterThan(3);
  }

  @Test
  @Tag("slow")
  void everyCallOfVae() throws IOException {
    assertThat(killAtEvery(1, "vae", Trainings.vae(folder))).isGreaterThan(3 * SAMPLED);
  }

  @Test
  @Tag("slow")
  void everyCallOfGan() throws IOException {
    assertThat(killAtEvery(1, "gan", Trainings.gan(folder))).isGreaterThan(3 * SAMPLED);
  }

  /**
   * Kills at call 1, 1 + step, ... in chains that run side by side; returns the number of deaths.
   */
  private int killAtEvery(int step, String name, RunConfig config) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, ConfigText.render(config));
    ChildJvm whole = start(name + "-whole", file, "-", "whole", Long.MAX_VALUE);
    assertThat(whole.exitCode()).as(whole.output()).isZero();
    String calls = whole.awaitOutput("WHOLE (\\d+)");
    int deaths =
        IntStream.range(0, CHAINS)
            .mapToObj(
                chain ->
                    CompletableFuture.supplyAsync(
                        () -> chain(name + chain, file, 1 + chain * step, CHAINS * step)))
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();
    System.out.printf(
        "%s: %d deaths among %s calls, all resumed to the same weights%n", name, deaths, calls);
    return deaths;
  }

  private int chain(String name, Path config, int first, int step) {
    int deaths = 0;
    String unfinished = "-";
    for (int call = first; ; call += step) {
      String next = "call-%05d".formatted(call);
      ChildJvm driver = start(name, config, unfinished, next, call);
      driver.awaitOutput("(PARKED|WHOLE \\d+)");
      if (!unfinished.equals("-")) {
        assertSameAsWhole(unfinished, driver);
      }
      if (driver.output().contains("WHOLE")) {
        assertThat(driver.exitCode()).isZero();
        return deaths;
      }
      driver.kill();
      assertThat(driver.exitCode()).isEqualTo(SIGKILL);
      assertNotFalselyComplete(next);
      deaths++;
      unfinished = next;
    }
  }

  private ChildJvm start(String log, Path config, String unfinished, String next, long call) {
    ChildJvm child =
        ChildJvm.shortLived(
            "death-" + log,
            MortalDriver.class.getName(),
            List.of(config.toString(), path(unfinished), path(next), Long.toString(call)));
    children.add(child);
    return child;
  }

  private String path(String run) {
    return run.equals("-") ? run : folder.resolve(run).toString();
  }

  private void assertNotFalselyComplete(String run) {
    String output = FaultyFileSystem.address(folder.resolve(run));
    Optional<Completion> completion = Completion.read(storage, output);
    completion.ifPresent(c -> assertThat(c.damages(storage, output)).isEmpty());
  }

  private void assertSameAsWhole(String run, ChildJvm driver) {
    assertThat(driver.output()).as(run).contains("FINISHED");
    String output = folder.resolve(run).toString();
    String whole = folder.resolve("whole").toString();
    assertThat(Trainings.metrics(output))
        .as(run)
        .extracting(RoundMetrics::weightsSha256)
        .containsExactlyElementsOf(
            Trainings.metrics(whole).stream().map(RoundMetrics::weightsSha256).toList());
    assertThat(Trainings.state(output)).as(run).isEqualTo(Trainings.state(whole));
    String address = FaultyFileSystem.address(folder.resolve(run));
    assertThat(Completion.read(storage, address).orElseThrow().damages(storage, address))
        .as(run)
        .isEmpty();
    delete(folder.resolve(run));
  }

  private static void delete(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
