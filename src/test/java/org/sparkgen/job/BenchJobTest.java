package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.IdxImages;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

@ExtendWith(LocalSpark.class)
class BenchJobTest {
  private static final List<String> SMALL =
      List.of("model.hidden=[16]", "model.latent=4", "training.batchSize=16");

  @TempDir private Path folder;

  private static BenchResult run(
      Workload workload, Optional<String> images, int limit, List<String> overrides) {
    BenchRequest request =
        new BenchRequest(workload, images, OptionalInt.of(limit), 3, 2, overrides);
    return new BenchJob(request, Storage.open()).run();
  }

  @Test
  void everyRoundIsMeasuredWholeAndNothingIsLeftBehind(SparkSession session) throws Exception {
    long before = temporaryFolders();

    BenchResult result = run(Workload.VAE_MLP, Optional.empty(), 256, SMALL);

    assertThat(result.master()).isEqualTo(session.sparkContext().master());
    assertThat(result.cores()).isEqualTo(session.sparkContext().defaultParallelism());
    assertThat(result.rounds()).extracting(BenchRound::epoch).containsExactly(0, 1, 2);
    assertThat(result.rounds())
        .allSatisfy(
            round -> {
              assertThat(round.examples()).isEqualTo(256);
              assertThat(round.phases())
                  .containsKeys("broadcast", "train", "combine", "checkpoint");
              assertThat(round.tasks())
                  .containsKeys("prepare", "load", "feed", "step", "save", "send");
              assertThat(round.wall()).isGreaterThan(sum(round.phases()));
              assertThat(round.outsideStepsShare()).isBetween(0.0, 1.0);
            });
    assertThat(result.secondsToFirstStep()).isPositive();
    assertThat(result.peakHeapBytes()).isPositive();
    assertMemory(result);
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  private static void assertMemory(BenchResult result) {
    boolean told = Files.exists(Path.of("/proc/self/smaps"));
    assertThat(result.peakNativeBytes().isPresent()).isEqualTo(told);
    assertThat(result.nativeBytesAfter(2).isPresent()).isEqualTo(told);
    assertThat(result.peakResidentBytes().orElse(1))
        .isGreaterThan(result.peakNativeBytes().orElse(0));
  }

  @Test
  void imagesOfAFileAreUsedUpToTheLimit(SparkSession session) throws Exception {
    Path images = Files.write(folder.resolve("images.idx"), IdxImages.noise(3, 50, 28, 28));

    BenchResult result = run(Workload.VAE_MLP, Optional.of(images.toString()), 40, SMALL);

    assertThat(result.rounds()).allSatisfy(round -> assertThat(round.examples()).isEqualTo(40));
  }

  @Test
  void aFileThatHoldsNoImagesIsAnErrorOfTheInput(SparkSession session) throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no images in here");

    assertThatThrownBy(() -> run(Workload.VAE_MLP, Optional.of(text.toString()), 40, SMALL))
        .isInstanceOf(JobException.class)
        .hasMessageContaining("notes.txt: begins with 0x")
        .extracting(e -> ((JobException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void whatTheBenchmarkSetsItselfIsNotOverridden() {
    assertThatThrownBy(
            () -> run(Workload.VAE_MLP, Optional.empty(), 40, List.of("data.path=elsewhere")))
        .hasMessage(
            "--set data.path=elsewhere: the benchmark sets data.path itself;"
                + " name other images with --images");
  }

  @Test
  void configurationProblemsAreFoundBeforeAnythingStarts() throws Exception {
    long before = temporaryFolders();
    assertThatThrownBy(
            () -> run(Workload.GAN_CONV, Optional.empty(), 40, List.of("model.latnet=3")))
        .hasMessageContaining("model.latnet = 3: unknown key; did you mean model.latent?");
    assertThat(temporaryFolders()).isEqualTo(before);
  }

  private static double sum(Map<String, Double> seconds) {
    return Stream.of("broadcast", "train", "combine", "checkpoint").mapToDouble(seconds::get).sum();
  }

  private static long temporaryFolders() throws Exception {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.getFileName().toString().startsWith("sparkgen-bench")).count();
    }
  }
}
