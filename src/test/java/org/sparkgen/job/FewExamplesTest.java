package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** Trainings on fewer examples than anyone should have. */
@ExtendWith(LocalSpark.class)
class FewExamplesTest {
  private final Storage storage = Storage.open();
  @TempDir private Path folder;

  @Test
  void shardsMayBeUnevenAndEmpty(SparkSession session) throws IOException {
    Path few = Trainings.pictures(folder, "few.idx", 12);
    RunConfig config =
        Trainings.gan(folder, "data.path=" + few, "data.shards=8", "training.batchSize=2");

    TrainResult result = Trainings.train(config);

    List<Long> shards = PastRun.of(storage, result.output()).record().data().shardExamples();
    assertThat(shards).hasSize(8).contains(0L);
    assertThat(new TreeSet<>(shards)).hasSizeGreaterThan(2);
    assertWhole(result, 12);
  }

  @Test
  void oneExampleIsEnough(SparkSession session) throws IOException {
    Path one = Trainings.pictures(folder, "one.idx", 1);
    for (RunConfig config :
        List.of(
            Trainings.vae(
                Files.createDirectory(folder.resolve("vae")),
                "data.path=" + one,
                "data.heldOut.path=" + one),
            Trainings.gan(Files.createDirectory(folder.resolve("gan")), "data.path=" + one))) {
      assertWhole(Trainings.train(config), 1);
    }
  }

  private void assertWhole(TrainResult result, long examples) {
    List<RoundMetrics> metrics = Trainings.metrics(result.output());
    assertThat(metrics)
        .extracting(RoundMetrics::examples)
        .containsExactly(examples, examples, examples);
    assertThat(metrics)
        .allSatisfy(round -> assertThat(round.losses().values()).allMatch(Double::isFinite));
    Completion completion = Completion.read(storage, result.output()).orElseThrow();
    assertThat(completion.damages(storage, result.output())).isEmpty();
  }
}
