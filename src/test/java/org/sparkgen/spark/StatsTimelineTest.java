package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.time.NTPTimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.UpdaterRule;
import org.sparkgen.spark.ArithmeticTrainer.Fault;
import org.sparkgen.training.ShardTask;

@ExtendWith(LocalSpark.class)
class StatsTimelineTest {
  @Test
  void roundsRecordPhasesAndShardsAndThePageShowsThem(JavaSparkContext context) {
    StatsTimeline timeline = new StatsTimeline();
    AveragingRound round =
        new AveragingRound(
            ArithmeticTrainer.shards(context, new float[] {1}, new float[] {2, 3}),
            new ArithmeticTrainer(Fault.NONE),
            AveragingSettings.of(Map.of(), UpdaterRule.AVERAGE),
            timeline);
    Snapshot start = new Snapshot(Map.of("net", new NetState(new float[3], new float[0], 0)));

    round.run(start, new ShardTask(0, 0, 0, 1, 1, 0));
    round.run(start, new ShardTask(1, 1, 0, 1, 1, 0));

    assertThat(timeline.getKeySet()).containsExactly("broadcast", "train", "shard", "combine");
    assertThat(timeline.getValue("train")).hasSize(2);
    assertThat(timeline.getValue("shard")).hasSize(4);
    assertThat(timeline.getValue("shard").get(1).asString(",")).endsWith(",2");
    String page = new String(timeline.html(), StandardCharsets.UTF_8);
    assertThat(page)
        .contains("broadcast - broadcast", "train - train", "shard - shard", "combine - combine")
        .contains("Deeplearning4j - Spark Training Analysis");
  }

  @Test
  void noTimeServerIsAsked(JavaSparkContext context) throws ReflectiveOperationException {
    String property = "org.deeplearning4j.spark.time.TimeSource";
    String before = System.getProperty(property);
    System.clearProperty(property);
    try {
      StatsTimeline timeline = new StatsTimeline();
      timeline.start("save").close();
      assertThat(timeline.html()).isNotEmpty();
      assertThat(timeline.csv()).contains("save,127.0.0.1,driver,");
      Field instance = NTPTimeSource.class.getDeclaredField("instance");
      instance.setAccessible(true);
      assertThat(instance.get(null)).as("DL4J's network clock").isNull();
    } finally {
      if (before != null) {
        System.setProperty(property, before);
      }
    }
  }

  @Test
  void runThatHadNothingLeftToTrainHasAPageToo() {
    assertThat(new String(new StatsTimeline().html(), StandardCharsets.UTF_8)).contains("<html>");
  }

  @Test
  void everyEventIsALineOfText() {
    StatsTimeline timeline = new StatsTimeline();
    timeline.record("train", event(1000, 50));
    StatsTimeline later = new StatsTimeline();
    later.record("train", event(2000, 70));
    later.record("combine", event(2070, 5));
    timeline.addOtherTrainingStats(later);

    assertThat(timeline.csv())
        .isEqualTo(
            """
            phase,machine,executor,thread,startMs,durationMs
            train,host,7,3,1000,50
            train,host,7,3,2000,70
            combine,host,7,3,2070,5
            """);
    assertThat(timeline.statsAsString()).containsPattern("train +50,70\ncombine +5\n");
    assertThatThrownBy(() -> timeline.getValue("save"))
        .hasMessage("no phase 'save', only [train, combine]");
  }

  @Test
  void writesTheStockFilesToo(JavaSparkContext context, @TempDir Path folder) throws Exception {
    StatsTimeline timeline = new StatsTimeline();
    timeline.record("train", event(1000, 50));

    timeline.exportStatFiles(folder.toString(), context.sc());

    assertThat(Files.readString(folder.resolve("train.txt")))
        .isEqualTo("machineId,jvmId,threadId,startTime,durationMs\nhost,7,3,1000,50\n");
  }

  private static EventStats event(long start, long duration) {
    return new BaseEventStats("host", "7", 3, start, duration);
  }
}
