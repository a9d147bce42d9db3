package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.StatisticsLayout;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.spark.ArithmeticTrainer.Fault;
import org.sparkgen.training.RoundResult;
import org.sparkgen.training.ShardReport;
import org.sparkgen.training.ShardResult;
import org.sparkgen.training.ShardTask;

@ExtendWith(LocalSpark.class)
class AveragingRoundTest {
  private static final ShardTask SEVENTH = new ShardTask(6, 2, 0, 1, 1, 0);
  private static final AveragingSettings THREE_SLICES = slices(3);

  @Test
  void unevenAndEmptyShardsGiveTheWeightedMeanWorkedByHand(JavaSparkContext context) {
    // Shard means 1 (of 2), none, 7 (of 1), 3 (of 5): (2 + 7 + 15) / 8 = 3.
    JavaRDD<List<ExampleBlock>> shards =
        ArithmeticTrainer.shards(
            context,
            new float[] {0, 2},
            new float[0],
            new float[] {7},
            new float[] {1, 2, 3, 4, 5});
    Snapshot start =
        new Snapshot(
            Map.of(
                "encoder", new NetState(new float[] {10, 20, 30}, new float[] {1}, 100),
                "decoder", new NetState(new float[] {0, 0}, new float[0], 50)));

    RoundResult result = round(shards, Fault.NONE, THREE_SLICES).run(start, SEVENTH);

    NetState encoder = result.snapshot().nets().get("encoder");
    assertThat(encoder.parameters()).containsExactly(13, 26, 39);
    assertThat(encoder.updater()).containsExactly(-2);
    assertThat(encoder.iteration()).as("highest of the shards").isEqualTo(105);
    assertThat(result.snapshot().nets().get("decoder").parameters()).containsExactly(3, 6);
    assertThat(result.examples()).isEqualTo(8);
    assertThat(result.losses()).containsExactly(Map.entry("loss", 3.0));
    assertThat(result.reports()).extracting(r -> r.shard()).containsExactly(0, 1, 2, 3);
    assertThat(result.allSeconds())
        .containsKeys("broadcast", "train", "combine")
        .containsEntry("task.step", 1.5);
  }

  @Test
  void batchNormVarianceIsThatOfTheUnion(JavaSparkContext context) {
    // Two shards of two examples, means 1 and 3, both variances 1: 1 + 1.
    StatisticsLayout layout = StatisticsLayout.NONE.with(0, 1, 1);
    Snapshot start = new Snapshot(Map.of("net", new NetState(new float[] {0, 0}, new float[0], 0)));
    RoundResult result =
        new AveragingRound(
                ArithmeticTrainer.shards(context, new float[] {1, 1}, new float[] {3, 3}),
                (s, shard, task) -> {
                  Snapshot moved =
                      new Snapshot(
                          Map.of(
                              "net",
                              new NetState(
                                  new float[] {shard.get(0).values()[0], 1}, new float[0], 1)));
                  return new ShardResult(
                      moved, new ShardReport(task.shard(), 2, Map.of(), Map.of(), null));
                },
                AveragingSettings.of(Map.of("net", layout), UpdaterRule.AVERAGE),
                new StatsTimeline())
            .run(start, SEVENTH);

    assertThat(result.snapshot().nets().get("net").parameters()).containsExactly(2, 2);
  }

  @Test
  void noExamplesAnywhereLeaveTheStartUnchanged(JavaSparkContext context) {
    Snapshot start = randomSnapshot(5);

    RoundResult result =
        round(
                ArithmeticTrainer.shards(context, new float[0], new float[0]),
                Fault.NONE,
                THREE_SLICES)
            .run(start, SEVENTH);

    assertThat(result.snapshot()).isSameAs(start);
    assertThat(result.reports()).hasSize(2);
  }

  @Test
  void oneContributingShardComesOutBitForBit(JavaSparkContext context) {
    Snapshot start = randomSnapshot(1000);
    float[] values = {0.1f, 0.7f, -0.3f};
    RoundResult alone =
        round(ArithmeticTrainer.shards(context, values), Fault.NONE, THREE_SLICES)
            .run(start, SEVENTH);
    RoundResult amongEmpty =
        round(
                ArithmeticTrainer.shards(context, new float[0], values, new float[0]),
                Fault.NONE,
                THREE_SLICES)
            .run(start, SEVENTH);
    Snapshot trained =
        new ArithmeticTrainer(Fault.NONE)
            .train(start, List.of(ExampleBlock.ofRows(values, new int[3], new long[3])), SEVENTH)
            .snapshot();

    assertThat(alone.snapshot().stateSha256()).isEqualTo(trained.stateSha256());
    assertThat(amongEmpty.snapshot().stateSha256()).isEqualTo(trained.stateSha256());
  }

  @Test
  void threadsSlicesSerializersAndRetriesDoNotChangeABit() {
    Map<String, String> java = Map.of();
    Map<String, String> kryo =
        Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    Map<String, String> found = new HashMap<>();
    found.put("1 thread", digest("local[1]", java, Fault.NONE, 1));
    found.put("2 threads, 5 slices", digest("local[2]", java, Fault.NONE, 5));
    found.put("4 threads, 2 slices", digest("local[4]", java, Fault.NONE, 2));
    found.put("Kryo", digest("local[2]", kryo, Fault.NONE, 3));
    found.put("retried", digest("local[2,3]", java, Fault.FIRST_ATTEMPT_FAILS, 3));

    assertThat(found.values()).containsOnly(found.get("1 thread"));
  }

  @Test
  void sixtyFourShardsLeaveOneModelOnTheDriver() {
    // A model of 1.2 MB: the driver may fetch it once and refuses twice, let alone 64 times.
    Map<String, String> atMost = Map.of("spark.driver.maxResultSize", "2m");
    Snapshot start = randomSnapshot(300_000);

    RoundResult result =
        LocalSpark.withSession(
            "local[2]",
            atMost,
            session -> round(shards(session, 64), Fault.NONE, THREE_SLICES).run(start, SEVENTH));

    assertThat(result.reports()).hasSize(64);
    assertThat(result.snapshot().weightsSha256()).isNotEqualTo(start.weightsSha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"REPORTS_NAN", "HIDES_INFINITY"})
  void valuesThatAreNoNumbersStopTheRound(String fault, JavaSparkContext context) {
    StatsTimeline timeline = new StatsTimeline();
    AveragingRound round =
        new AveragingRound(
            ArithmeticTrainer.shards(context, new float[] {1}, new float[] {2}),
            new ArithmeticTrainer(Fault.valueOf(fault)),
            THREE_SLICES,
            timeline);
    Snapshot start = new Snapshot(Map.of("critic", new NetState(new float[4], new float[2], 0)));

    assertThatThrownBy(() -> round.run(start, SEVENTH))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
        .hasMessageStartingWith(
            "round 7 (epoch 3) diverged in shard 1: "
                + (fault.equals("REPORTS_NAN")
                    ? "loss 'elbo' of batch 3 is NaN"
                    : "updater value 0 of 2 of network 'critic' is Infinity"))
        .hasMessageContaining("lower training.optimizer.learningRate")
        .hasMessageContaining("rejects");
    assertThat(timeline.getKeySet()).as("no mean was taken").doesNotContain("combine");
  }

  @Test
  void meanThatIsNoNumberStopsTheRoundToo(JavaSparkContext context) {
    // Both shards are finite, but the variance between their means is not.
    Snapshot start =
        new Snapshot(Map.of("critic", new NetState(new float[] {0, 0}, new float[0], 0)));
    AveragingRound round =
        round(
            ArithmeticTrainer.shards(context, new float[] {1e30f}, new float[] {-1e30f}),
            Fault.NONE,
            AveragingSettings.of(
                Map.of("critic", StatisticsLayout.NONE.with(0, 1, 1)), UpdaterRule.AVERAGE));

    assertThatThrownBy(() -> round.run(start, SEVENTH))
        .hasMessageContaining(
            "in the mean of all shards: parameter 1 of 2 of network 'critic' is Infinity");
  }

  @Test
  void taskThatAlwaysFailsIsReportedWithItsRound(JavaSparkContext context) {
    AveragingRound round =
        round(
            ArithmeticTrainer.shards(context, new float[] {1}, new float[] {2}),
            Fault.EVERY_ATTEMPT_FAILS,
            THREE_SLICES);

    assertThatThrownBy(() -> round.run(randomSnapshot(5), SEVENTH))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERNAL))
        .hasMessageStartingWith("round 7 (epoch 3) failed after Spark's retries: ")
        .hasMessageContaining("a fault that the test asked for")
        .hasRootCauseMessage("a fault that the test asked for");
  }

  @Test
  void jobsAreDescribedAndTheCallersLabelsAreBackAfterwards(JavaSparkContext context) {
    context.setJobGroup("group of the caller", "description of the caller");
    LabelListener listener = new LabelListener();
    context.sc().addSparkListener(listener);

    round(
            ArithmeticTrainer.shards(context, new float[] {1}, new float[] {2}),
            Fault.NONE,
            THREE_SLICES)
        .run(randomSnapshot(5), SEVENTH);

    assertThat(context.getLocalProperty("spark.job.description"))
        .isEqualTo("description of the caller");
    assertThat(context.getLocalProperty("spark.jobGroup.id")).isEqualTo("group of the caller");
    context.clearJobGroup();
    assertThat(listener.awaitLabels(context, 1))
        .containsExactly("round 7 (epoch 3): train 2 shards, combine in 3 slices");
    assertThat(listener.trainedTasks()).as("no shard trained twice").isEqualTo(2);
  }

  @Test
  void slicesFollowTheSizeOfTheModelAndOfTheCluster() {
    AveragingSettings automatic = AveragingSettings.of(Map.of(), UpdaterRule.AVERAGE);

    assertThat(automatic.slicesFor(10, 8, 8)).isEqualTo(1);
    assertThat(automatic.slicesFor(5_000_000, 2, 16)).isEqualTo(2);
    assertThat(automatic.slicesFor(5_000_000, 64, 16)).isEqualTo(20);
    assertThat(automatic.slicesFor(50_000_000, 64, 16)).isEqualTo(191);
    assertThat(automatic.slicesFor(50_000_000, 4, 16)).isEqualTo(12);
    assertThat(automatic.slicesFor(3_000_000_000L, 1, 1)).isEqualTo(179);
    assertThat(slices(7).slicesFor(10, 8, 8)).isEqualTo(7);
  }

  private static AveragingSettings slices(int count) {
    return new AveragingSettings(Map.of(), UpdaterRule.AVERAGE, OptionalInt.of(count));
  }

  private static String digest(
      String master, Map<String, String> settings, Fault fault, int slices) {
    Function<SparkSession, String> work =
        session -> {
          AveragingRound round = round(shards(session, 7), fault, slices(slices));
          Snapshot snapshot = randomSnapshot(501);
          for (int i = 0; i < 2; i++) {
            snapshot = round.run(snapshot, new ShardTask(i, i, 0, 1, 1, 0)).snapshot();
          }
          return snapshot.stateSha256();
        };
    return LocalSpark.withSession(master, settings, work);
  }

  private static JavaRDD<List<ExampleBlock>> shards(SparkSession session, int count) {
    Random random = new Random(8);
    float[][] values = new float[count][];
    for (int shard = 0; shard < count; shard++) {
      values[shard] = new float[1 + random.nextInt(5)];
      for (int i = 0; i < values[shard].length; i++) {
        values[shard][i] = (float) random.nextGaussian();
      }
    }
    return ArithmeticTrainer.shards(
        JavaSparkContext.fromSparkContext(session.sparkContext()), values);
  }

  private static AveragingRound round(
      JavaRDD<List<ExampleBlock>> shards, Fault fault, AveragingSettings settings) {
    return new AveragingRound(shards, new ArithmeticTrainer(fault), settings, new StatsTimeline());
  }

  private static Snapshot randomSnapshot(int parameters) {
    Random random = new Random(9);
    float[] values = new float[parameters];
    for (int i = 0; i < parameters; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Snapshot(Map.of("net", new NetState(values, new float[] {0.5f, 0.25f}, 3)));
  }
}
