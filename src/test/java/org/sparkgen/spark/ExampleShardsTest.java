package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.DataConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Reject;
import scala.reflect.ClassTag$;

@ExtendWith(LocalSpark.class)
class ExampleShardsTest {
  @TempDir private Path folder;

  private DataConfig pictures(String path, double maxRejectedFraction) {
    return TestData.pictures(path, folder.resolve("held-out"), maxRejectedFraction);
  }

  private void picture(String name, int rgb) throws IOException {
    TestData.picture(folder, name, rgb);
  }

  @Test
  void loadsTheSmallFashionSetAndItsHeldOutPart(SparkSession session) {
    try (ExampleShards training = ExampleShards.load(session, TestData.fashion(4));
        ExampleShards heldOut = training.loadHeldOut(TestData.fashion(4))) {
      assertThat(training.accepted()).isEqualTo(1600);
      assertThat(heldOut.accepted()).isEqualTo(400);
      assertThat(training.rejected()).isZero();
      List<List<ExampleBlock>> blocks = training.blocks().collect();
      assertThat(blocks.stream().mapToLong(b -> b.stream().mapToLong(ExampleBlock::count).sum()))
          .containsExactly(LongStream.of(training.counts()).boxed().toArray(Long[]::new));
      assertThat(LongStream.of(training.counts())).allMatch(n -> n > 330 && n < 470);
      assertThat(training.fingerprint()).hasSize(64).isNotEqualTo(heldOut.fingerprint());
      assertThat(training.preprocessing().classNames()).isEmpty();
      assertThat(training.preprocessing().scaling().isNone()).isTrue();
    }
  }

  @Test
  void allShardsGiveTheirShareOfSomeExamples(SparkSession session) {
    try (ExampleShards shards = ExampleShards.load(session, TestData.fashion(3))) {
      List<List<ExampleBlock>> all = shards.blocks().collect();
      for (int most : new int[] {1, 100, 1599, 1600, 5000}) {
        List<List<ExampleBlock>> some = shards.blocks(most).collect();
        long total = 0;
        for (int i = 0; i < 3; i++) {
          long[] ids = ids(some.get(i));
          double share = (double) shards.counts()[i] * Math.min(most, 1600) / 1600;
          assertThat((double) ids.length).isBetween(share - 1, share + 1);
          assertThat(ids).isEqualTo(Arrays.copyOf(ids(all.get(i)), ids.length));
          total += ids.length;
        }
        assertThat(total).isEqualTo(Math.min(most, 1600));
      }
    }
  }

  private static long[] ids(List<ExampleBlock> shard) {
    return shard.stream().flatMapToLong(block -> Arrays.stream(block.ids())).toArray();
  }

  @Test
  void keepsEveryExampleOnceInTheOrderOfIds(SparkSession session) {
    try (ExampleShards shards = ExampleShards.load(session, TestData.fashion(3))) {
      Set<Long> ids = new HashSet<>();
      for (List<ExampleBlock> shard : shards.blocks().collect()) {
        long[] inShard = shard.stream().flatMapToLong(b -> Arrays.stream(b.ids())).toArray();
        assertThat(inShard).isSorted();
        Arrays.stream(inShard).forEach(ids::add);
        assertThat(shard).allMatch(b -> Arrays.stream(b.labels()).allMatch(l -> l >= 0 && l < 10));
      }
      assertThat(ids).hasSize(1600);
    }
  }

  @Test
  void givesTheSameShardsWhateverTheThreadsAndPartitions(@TempDir Path elsewhere)
      throws IOException {
    List<String> names = List.of("a/1.png", "a/2.png", "b/1.png", "b/deep/er/3.png", "c/9.png");
    for (int i = 0; i < names.size(); i++) {
      picture(names.get(i), 0x101010 * i);
    }
    DataConfig data = pictures(folder.toString(), 0);
    String expected = LocalSpark.withThreads(1, s -> fingerprint(s, data));
    String withTwo = LocalSpark.withThreads(2, s -> fingerprint(s, data));
    String withFour = LocalSpark.withThreads(4, s -> fingerprint(s, data));

    assertThat(List.of(withTwo, withFour)).containsOnly(expected);
    Files.move(folder.resolve("a"), elsewhere.resolve("a"));
    Files.move(folder.resolve("b"), elsewhere.resolve("b"));
    Files.move(folder.resolve("c"), elsewhere.resolve("c"));
    assertThat(fingerprint(LocalSpark.session(), pictures(elsewhere.toString(), 0)))
        .isEqualTo(expected);
    assertThat(fingerprint(LocalSpark.session(), pictures(elsewhere + "/*", 0)))
        .isEqualTo(expected);
  }

  private static String fingerprint(SparkSession session, DataConfig data) {
    try (ExampleShards shards = ExampleShards.load(session, data)) {
      return shards.fingerprint();
    }
  }

  @Test
  void handsAllOfHadoopsSettingsToTasks(SparkSession session) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    context.hadoopConfiguration().set("sparkgen.test.set.in.a.file", "value");

    assertThat(ExampleFiles.hadoopSettings(context))
        .containsEntry("sparkgen.test.set.in.a.file", "value")
        .containsKey("fs.defaultFS");
  }

  @Test
  void takesClassesFromFolders(SparkSession session) throws IOException {
    picture("training/zebra/1.png", 0x0A0A0A);
    picture("training/ape/1.png", 0x141414);
    picture("training/loose.png", 0x1E1E1E);
    picture("held-out/ape/1.png", 0x282828);
    picture("held-out/zebra/1.png", 0x323232);
    picture("held-out/yak/1.png", 0x3C3C3C);
    DataConfig data = pictures(folder.resolve("training").toString(), 0);

    try (ExampleShards training = ExampleShards.load(session, data);
        ExampleShards heldOut = training.loadHeldOut(data)) {
      assertThat(training.preprocessing().classNames()).containsExactly("ape", "zebra");
      assertThat(labelsByPixel(training)).containsExactly("10:1", "20:0", "30:-1");
      assertThat(training.labelled()).as("one example is in no folder").isFalse();
      assertThat(heldOut.preprocessing().classNames()).containsExactly("ape", "zebra");
      assertThat(labelsByPixel(heldOut)).containsExactly("40:0", "50:1", "60:-1");
    }
  }

  /** First pixel and label of every example. */
  private static List<String> labelsByPixel(ExampleShards shards) {
    return shards.blocks().collect().stream()
        .flatMap(List::stream)
        .flatMap(
            block ->
                java.util.stream.IntStream.range(0, block.count())
                    .mapToObj(i -> block.pixels()[i * 64] + ":" + block.labels()[i]))
        .sorted()
        .toList();
  }

  @Test
  void keepsEmptyShards(SparkSession session) throws IOException {
    picture("one.png", 5);

    try (ExampleShards shards = ExampleShards.load(session, pictures(folder.toString(), 0))) {
      assertThat(shards.blocks().getNumPartitions()).isEqualTo(3);
      assertThat(shards.blocks().collect()).hasSize(3);
      assertThat(shards.counts()).containsOnly(0, 1).hasSize(3);
      assertThat(shards.accepted()).isEqualTo(1);
    }
  }

  /** What is sent and spilled may be written by either serializer. */
  @Test
  void travelsByKryo(SparkSession session) {
    ExampleShard shard =
        new ExampleShard(
            List.of(ExampleBlock.ofImages(new byte[] {1}, new int[] {2}, new long[] {3})),
            List.of(Reject.one("path", 4, "reason")));
    var kryo = new KryoSerializer(session.sparkContext().getConf()).newInstance();
    var tag = ClassTag$.MODULE$.<ExampleShard>apply(ExampleShard.class);

    ExampleShard back = kryo.deserialize(kryo.serialize(shard, tag), tag);

    assertThat(back.blocks().get(0).pixels()).containsExactly(1);
    assertThat(back.blocks().get(0).ids()).containsExactly(3);
    assertThat(back.rejects().get(0)).hasToString("path [4]: reason");
  }
}
