package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.spark.ArithmeticTrainer.Fault;
import org.sparkgen.training.ShardTask;

class ShuffleFilesTest {
  @TempDir private Path localDir;

  @Test
  void roundsLeaveNoFilesBehind() {
    LocalSpark.withSession(
        "local[2]",
        Map.of("spark.local.dir", localDir.toString()),
        session -> {
          JavaRDD<List<ExampleBlock>> kept = shards(session);
          runTwice(kept.map(blocks -> blocks));
          await()
              .atMost(Duration.ofSeconds(10))
              .ignoreExceptionsInstanceOf(UncheckedIOException.class)
              .until(() -> shuffleFiles() == 0);
          return null;
        });
  }

  @Test
  void shuffleThatTheShardsComeFromIsLeftAlone() {
    LocalSpark.withSession(
        "local[2]",
        Map.of("spark.local.dir", localDir.toString()),
        session -> {
          JavaRDD<List<ExampleBlock>> shuffled = shards(session).repartition(2);
          runTwice(shuffled);
          assertThat(shuffleFiles()).isPositive();
          return null;
        });
  }

  private static JavaRDD<List<ExampleBlock>> shards(SparkSession session) {
    return ArithmeticTrainer.shards(
        JavaSparkContext.fromSparkContext(session.sparkContext()),
        new float[] {1},
        new float[] {2, 3});
  }

  private static void runTwice(JavaRDD<List<ExampleBlock>> shards) {
    AveragingRound round =
        new AveragingRound(
            shards,
            new ArithmeticTrainer(Fault.NONE),
            AveragingSettings.of(Map.of(), UpdaterRule.AVERAGE),
            new StatsTimeline());
    Snapshot start = new Snapshot(Map.of("net", new NetState(new float[9], new float[0], 0)));
    Snapshot once = round.run(start, new ShardTask(0, 0, 0, 1, 1, 0)).snapshot();
    Snapshot twice = round.run(once, new ShardTask(1, 1, 0, 1, 1, 0)).snapshot();
    assertThat(twice.nets().get("net").parameters()[0]).isEqualTo(4f);
  }

  private long shuffleFiles() {
    try (Stream<Path> files = Files.walk(localDir)) {
      return files.filter(f -> f.getFileName().toString().matches("shuffle_.*\\.data")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
