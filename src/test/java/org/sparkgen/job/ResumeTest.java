package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.averaging.TrainingState;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.report.MetricsLog;
import org.sparkgen.report.RunStatus;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;
import org.sparkgen.training.RoundMetrics;

/** However often its driver dies, a run ends with the bits that it would have had anyway. */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
  private static final int ROUNDS = 3;

  private final Map<Kind, Finished> uninterrupted = new EnumMap<>(Kind.class);

  private enum Kind {
    VAE,
    GAN,
    VAE_GAN,
    /** All that the driver and the optimizers remember or derive from the round. */
    STEERED_GAN;

    private static final List<String> STEERING =
        List.of(
            "training.epochs=2",
            "training.optimizer.clipNorm=0.5",
            "training.optimizer.schedule.kind=cosine",
            "training.optimizer.schedule.warmupEpochs=1",
            "training.averaging.warmupEpochs=1",
            "training.averaging.warmupEvery=2",
            "training.averaging.outer.learningRate=0.7",
            "training.averaging.outer.momentum=0.9",
            "training.averaging.emaHalfLife=100");

    RunConfig config(Path folder, String... overrides) {
      return switch (this) {
        case VAE -> Trainings.vae(folder, overrides);
        case GAN -> Trainings.gan(folder, overrides);
        case VAE_GAN -> Trainings.vaeGan(folder, overrides);
        case STEERED_GAN ->
            Trainings.gan(
                folder,
                Stream.concat(STEERING.stream(), Stream.of(overrides)).toArray(String[]::new));
      };
    }
  }

  /** What has to be the same whatever happened. */
  private record Finished(
      String weights, String state, List<String> learned, Map<String, String> pictures) {
    static Finished in(String output) {
      Storage storage = Storage.open();
      return new Finished(
          TrainingState.restored(Trainings.newest(output).snapshot()).plain().weightsSha256(),
          Trainings.state(output),
          Trainings.metrics(output).stream().map(Finished::withoutTimes).toList(),
          pictures(storage, output));
    }

    /** Every picture with its digest: a grid a round, and those of the end. */
    private static Map<String, String> pictures(Storage storage, String output) {
      Map<String, String> pictures = new TreeMap<>();
      for (StorageEntry file : storage.listFiles(output)) {
        if (file.name().endsWith(".png")) {
          pictures.put(file.name(), storage.sha256(file.uri()));
        }
      }
      return pictures;
    }

    private static String withoutTimes(RoundMetrics m) {
      return MetricsLog.line(
          new RoundMetrics(
              m.round(), m.epoch(), m.examples(), m.losses(), 0, Map.of(), m.weightsSha256()));
    }
  }

  @BeforeAll
  void trainWithoutInterruption(@TempDir Path folder, SparkSession session) {
    assertThat(session.sparkContext().master()).isEqualTo("local[2]");
    for (Kind kind : Kind.values()) {
      RunConfig config = kind.config(folder, "output.path=" + folder.resolve(kind.name()));
      assertThat(Trainings.train(config).ending()).isEqualTo(TrainResult.Ending.COMPLETE);
      uninterrupted.put(kind, Finished.in(config.output().path()));
    }
    assertThat(uninterrupted.values()).allSatisfy(run -> assertThat(run.learned()).hasSize(ROUNDS));
    assertThat(Trainings.newest(folder.resolve("STEERED_GAN").toString()).snapshot().nets())
        .containsKeys("generator.velocity", "generator.average", "discriminator.velocity");
    assertThat(uninterrupted.get(Kind.VAE).pictures())
        .containsOnlyKeys(
            "interpolations/final.png",
            "reconstructions/final.png",
            "samples/final.png",
            "samples/round-000001.png",
            "samples/round-000002.png",
            "samples/round-000003.png",
            "traversals/final.png");
  }

  static Stream<Arguments> everyRound() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(1, 2, 3).map(round -> Arguments.of(kind, round)));
  }

  @ParameterizedTest
  @MethodSource("everyRound")
  void goesOnAfterTheRoundBehindWhichTheDriverDied(
      Kind kind, int round, @TempDir Path folder, SparkSession session) {
    RunConfig config = kind.config(folder);
    die(config, Death.AFTER, manifest(round));
    assertThat(Trainings.newest(config.output().path()).round()).isEqualTo(round);

    assertThat(Trainings.train(config).ending()).isEqualTo(TrainResult.Ending.RESUMED);

    assertSameAsUninterrupted(kind, config);
    assertTellsOfResumes(config, 1);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void repeatsTheRoundThatADyingDriverCouldNotCommit(
      Kind kind, @TempDir Path folder, SparkSession session) {
    RunConfig config = kind.config(folder);
    die(config, Death.BEFORE, manifest(2));
    assertThat(Trainings.newest(config.output().path()).round()).isEqualTo(1);

    assertThat(Trainings.train(config).ending()).isEqualTo(TrainResult.Ending.RESUMED);

    assertSameAsUninterrupted(kind, config);
  }

  @Test
  void survivesADeathAtEveryRoundAndAtEveryPartOfTheEnd(
      @TempDir Path folder, SparkSession session) {
    RunConfig config = Kind.VAE.config(folder);
    die(config, Death.BEFORE, "metrics.jsonl");
    die(config, Death.AFTER, "samples/round-000002.png");
    die(config, Death.BEFORE, manifest(3));
    die(config, Death.BEFORE, "artifacts/decoder.zip");
    die(config, Death.AFTER, "samples/final.png");
    die(config, Death.AFTER, "result.json");
    die(config, Death.BEFORE, "_SUCCESS");

    assertThat(Trainings.train(config).ending()).isEqualTo(TrainResult.Ending.RESUMED);

    assertSameAsUninterrupted(Kind.VAE, config);
    assertTellsOfResumes(config, 3);
  }

  @Test
  void aRunThatDiedAfterItsLastWordIsComplete(@TempDir Path folder, SparkSession session) {
    RunConfig config = Kind.VAE.config(folder);
    die(config, Death.AFTER, "_SUCCESS");

    assertThat(Trainings.train(config).ending()).isEqualTo(TrainResult.Ending.ALREADY_COMPLETE);

    assertSameAsUninterrupted(Kind.VAE, config);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void threadsDoNotChangeABit(int threads, @TempDir Path folder) {
    LocalSpark.withThreads(
        threads,
        session -> {
          for (Kind kind : Kind.values()) {
            RunConfig own = kind.config(folder, "output.path=" + folder.resolve(kind.name()));
            assertThat(Trainings.train(own).ending()).isEqualTo(TrainResult.Ending.COMPLETE);
            assertSameAsUninterrupted(kind, own);
          }
          return session.sparkContext().master();
        });
  }

  private static String manifest(int round) {
    return "round-%06d/manifest.json".formatted(round);
  }

  private static void die(RunConfig config, Death death, String fatalEnding) {
    assertThatExceptionOfType(JobException.class)
        .as("death at %s", fatalEnding)
        .isThrownBy(() -> Trainings.train(config, new MortalStorage(death, fatalEnding)))
        .withMessage(MortalStorage.MESSAGE);
  }

  private void assertSameAsUninterrupted(Kind kind, RunConfig config) {
    String output = config.output().path();
    assertThat(Finished.in(output)).isEqualTo(uninterrupted.get(kind));
    Completion completion = Completion.read(Storage.open(), output).orElseThrow();
    assertThat(completion.damages(Storage.open(), output)).isEmpty();
    assertThat(completion.result())
        .containsEntry("weightsSha256", uninterrupted.get(kind).weights());
  }

  private static void assertTellsOfResumes(RunConfig config, int resumes) {
    PastRun run = PastRun.of(Storage.open(), config.output().path());
    assertThat(run.result().orElseThrow().status()).isEqualTo(RunStatus.FINISHED);
    assertThat(run.result().orElseThrow().facts().resumes()).isEqualTo(resumes);
    assertThat(Storage.open().readText(config.output().path() + "/report.html"))
        .contains("The run was resumed");
  }
}
