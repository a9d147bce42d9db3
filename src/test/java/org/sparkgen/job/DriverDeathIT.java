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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
 * file system, each in the midst of another one. The next process finishes them.
 */
class DriverDeathIT {
  private static final int SIGKILL = 128 + 9;
  private static final int SAMPLED = 53;
  private static final int CHAINS = 2;
  private static final int RUNS_OF_A_DRIVER = 24;

  @TempDir private Path folder;
  private final List<ChildJvm> children = new CopyOnWriteArrayList<>();
  private final Storage storage = FaultyFileSystem.storage();

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  @Test
  void someCallsOfVae() throws IOException {
    killAtEvery(SAMPLED, "some-vae", Trainings.vae(folder));
  }

  @Test
  @Tag("slow")
  void everyCallOfVae() throws IOException {
    killAtEvery(1, "vae", Trainings.vae(folder));
  }

  @Test
  @Tag("slow")
  void everyCallOfGan() throws IOException {
    killAtEvery(1, "gan", Trainings.gan(folder));
  }

  /** Kills at call 1, 1 + step, ..., in chains of processes that run side by side. */
  private void killAtEvery(int step, String name, RunConfig config) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(file, ConfigText.render(config));
    ChildJvm whole = start(name + "-whole", file, List.of(), List.of(Long.MAX_VALUE));
    long calls = Long.parseLong(whole.awaitOutput("WHOLE \\S+ (\\d+)"));
    whole.kill();
    List<Long> points =
        LongStream.rangeClosed(1, calls).filter(c -> c % step == 0).boxed().toList();
    int deaths =
        IntStream.range(0, CHAINS)
            .mapToObj(
                chain ->
                    CompletableFuture.supplyAsync(
                        () -> chain(name + chain, file, share(points, chain))))
            .toList()
            .stream()
            .mapToInt(CompletableFuture::join)
            .sum();
    System.out.printf(
        "%s: %d deaths among %s calls, all resumed to the same weights%n", name, deaths, calls);
    // A run may have a call more or less than another, where parts of a table are written.
    assertThat(deaths).isBetween(points.size() - 2, points.size());
  }

  private static List<Long> share(List<Long> points, int chain) {
    return IntStream.range(0, points.size())
        .filter(i -> i % CHAINS == chain)
        .mapToObj(points::get)
        .toList();
  }

  /** Returns the number of runs whose driver died. */
  private int chain(String name, Path config, List<Long> points) {
    int deaths = 0;
    List<Long> unfinished = List.of();
    for (int from = 0; from < points.size(); from += RUNS_OF_A_DRIVER) {
      List<Long> next = points.subList(from, Math.min(points.size(), from + RUNS_OF_A_DRIVER));
      ChildJvm driver = start(name, config, unfinished, next);
      driver.awaitOutput("(READY)");
      unfinished.forEach(call -> assertSameAsWhole(call, driver));
      driver.kill();
      assertThat(driver.exitCode()).isEqualTo(SIGKILL);
      next.forEach(this::assertNotFalselyComplete);
      // Several threads of a run may have stopped.
      deaths +=
          Math.toIntExact(
              driver.output().lines().filter(l -> l.startsWith("PARKED")).distinct().count());
      unfinished = next;
    }
    ChildJvm last = start(name, config, unfinished, List.of());
    assertThat(last.exitCode()).as(last.output()).isZero();
    unfinished.forEach(call -> assertSameAsWhole(call, last));
    return deaths;
  }

  private ChildJvm start(String log, Path config, List<Long> unfinished, List<Long> next) {
    ChildJvm child =
        ChildJvm.shortLived(
            "death-" + log,
            MortalDriver.class.getName(),
            List.of(config.toString(), list(unfinished), list(next)));
    children.add(child);
    return child;
  }

  private static String list(List<Long> calls) {
    return calls.stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private void assertNotFalselyComplete(long call) {
    String output = FaultyFileSystem.address(folder.resolve(MortalDriver.run(call)));
    Optional<Completion> completion = Completion.read(storage, output);
    completion.ifPresent(c -> assertThat(c.damages(storage, output)).isEmpty());
  }

  private void assertSameAsWhole(long call, ChildJvm driver) {
    String run = MortalDriver.run(call);
    assertThat(driver.output()).contains("FINISHED " + run + " ");
    String output = folder.resolve(run).toString();
    String whole = folder.resolve(MortalDriver.run(Long.MAX_VALUE)).toString();
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
