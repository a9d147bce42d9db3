package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.HeldOutConfig;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Keyword;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.data.Pictures;
import org.sparkgen.data.Reject;
import scala.reflect.ClassTag$;

@ExtendWith(LocalSpark.class)
class ExampleShardsTest {
  private static final String FASHION = "datasets/fashion-mini/";

  @TempDir private Path folder;

  private static DataConfig fashion(int shards, String... excluded) {
    return new DataConfig(
        FASHION + "train-images-idx3-ubyte.gz",
        DataFormat.IDX,
        Optional.of(FASHION + "train-labels-idx1-ubyte.gz"),
        "image",
        Optional.empty(),
        shards,
        Optional.of(new ImageConfig(28, 28, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        0.01,
        List.of(excluded),
        DataConfig.Binarization.NONE,
        Optional.of(
            new HeldOutConfig(
                FASHION + "t10k-images-idx3-ubyte.gz",
                Optional.of(FASHION + "t10k-labels-idx1-ubyte.gz"))));
  }

  private DataConfig pictures(String path, double maxRejectedFraction) {
    return new DataConfig(
        path,
        DataFormat.FOLDER,
        Optional.empty(),
        "image",
        Optional.empty(),
        3,
        Optional.of(new ImageConfig(8, 8, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        maxRejectedFraction,
        List.of(),
        DataConfig.Binarization.NONE,
        Optional.of(new HeldOutConfig(folder.resolve("held-out").toString(), Optional.empty())));
  }

  private void picture(String name, int rgb) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, Pictures.file(Pictures.plain(8, 8, rgb), "png"));
  }

  private static void assertRefused(SparkSession session, DataConfig data, String... message) {
    assertThatThrownBy(() -> ExampleShards.load(session, data))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContainingAll(message);
  }

  @Test
  void loadsTheSmallFashionSetAndItsHeldOutPart(SparkSession session) {
    try (ExampleShards training = ExampleShards.load(session, fashion(4));
        ExampleShards heldOut = training.loadHeldOut(fashion(4))) {
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
    try (ExampleShards shards = ExampleShards.load(session, fashion(3))) {
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
    try (ExampleShards shards = ExampleShards.load(session, fashion(3))) {
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
  void leavesExcludedClassesOutByNameOrNumber(SparkSession session) throws IOException {
    for (String name : List.of("ape", "bear", "cat")) {
      picture(name + "/1.png", 1);
      picture(name + "/2.png", 2);
    }

    try (ExampleShards shards = ExampleShards.load(session, without("bear", "2"))) {
      assertThat(shards.accepted()).isEqualTo(2);
      assertThat(shards.highestLabel()).isZero();
      assertThat(shards.preprocessing().classNames())
          .as("numbers stay")
          .containsExactly("ape", "bear", "cat");
    }
    assertThatThrownBy(() -> ExampleShards.load(session, without("dog")))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessageContaining("data.excludedClasses = dog: ")
        .hasMessageContaining("has no such class; its classes are ape, bear, cat");
  }

  @Test
  void excludedNumbersMustBeThoseOfClasses(SparkSession session) throws IOException {
    picture("ape/1.png", 1);
    picture("bear/1.png", 2);
    assertRefused(
        session,
        without("2"),
        "data.excludedClasses = 2: ",
        "has no such class; its classes are ape, bear");

    DataConfig numbered = fashion(4, "12");
    assertRefused(
        session,
        numbered,
        "data.excludedClasses = 12: data.path = " + numbered.path(),
        "has no such class; its classes are numbers from 0 to 9");
    assertRefused(
        session,
        fashion(4, "9", "12"),
        "data.excludedClasses = 12: ",
        "its classes are numbers from 0 to 9");
  }

  @Test
  void aFormatThatDoesNotFitNamesTheOneThatDoes(SparkSession session) throws IOException {
    picture("ape/1.png", 1);
    for (DataFormat format : List.of(DataFormat.IDX, DataFormat.PARQUET, DataFormat.CIFAR10)) {
      assertRefused(
          session,
          of(format, folder.toString()),
          "data.format = %s, but ape/1.png is a picture; give data.format = folder, or --format folder"
              .formatted(Keyword.of(format)));
    }
    Path idx = folder.resolve("train.idx");
    Files.write(idx, new byte[] {0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8});
    assertRefused(
        session,
        of(DataFormat.PARQUET, idx.toString()),
        "train.idx is a file of the format idx; give data.format = idx, or --format idx");
    assertRefused(
        session,
        of(DataFormat.FOLDER, idx.toString()),
        "not a PNG, JPEG, GIF or BMP file; data.format = idx reads it");
  }

  private DataConfig without(String... classes) {
    return of(DataFormat.FOLDER, folder.toString(), classes);
  }

  private static DataConfig of(DataFormat format, String path, String... classes) {
    return new DataConfig(
        path,
        format,
        Optional.empty(),
        "image",
        Optional.empty(),
        3,
        Optional.of(new ImageConfig(8, 8, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        0,
        List.of(classes),
        DataConfig.Binarization.NONE,
        Optional.empty());
  }

  @Test
  void stopsIfTooMuchIsRejected(SparkSession session) throws IOException {
    for (int i = 0; i < 8; i++) {
      picture("a/" + i + ".png", i);
    }
    Files.writeString(folder.resolve("a/notes.txt"), "hello");
    Files.writeString(folder.resolve("a/more.txt"), "hello");

    assertRefused(
        session,
        pictures(folder.toString(), 0.1),
        "data.path = " + folder,
        "2 of 10 listed examples can't be used (20.00 %), more than data.maxRejectedFraction = 0.1"
            + " allows. Remove or repair them, or raise data.maxRejectedFraction.",
        "more.txt [0]: not a PNG, JPEG, GIF or BMP file");
    try (ExampleShards shards = ExampleShards.load(session, pictures(folder.toString(), 0.2))) {
      assertThat(shards.accepted()).isEqualTo(8);
    }
  }

  @Test
  void stopsIfNothingIsLeft(SparkSession session) throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "hello");

    assertRefused(
        session,
        pictures(folder.toString(), 1),
        "none of 1 listed examples can be used. Check data.format = folder.",
        "notes.txt [0]: not a PNG");
  }

  @Test
  void stopsIfNothingIsThere(SparkSession session) throws IOException {
    assertRefused(
        session,
        pictures(folder.resolve("missing").toString(), 1),
        "data.path = " + folder + "/missing: there is no such file or folder");
    assertRefused(
        session, pictures(folder.resolve("*.png").toString(), 1), "*.png: no files found.");
    picture("_hidden/a.png", 1);
    assertRefused(
        session,
        pictures(folder.toString(), 1),
        "no files found. Files and folders whose names begin with '_' or '.' are skipped.");
  }

  @Test
  void stopsBeforeAnyTaskIfTheLabelsAreNotThere(SparkSession session) {
    DataConfig data = fashion(2);
    DataConfig wrong =
        new DataConfig(
            data.path(),
            data.format(),
            Optional.of("missing-labels"),
            data.column(),
            data.labelColumn(),
            data.shards(),
            data.image(),
            data.features(),
            1,
            List.of(),
            DataConfig.Binarization.NONE,
            Optional.empty());

    // A source reads nothing yet.
    assertThatThrownBy(
            () -> ExampleSource.of(session, wrong, "data.path", UnaryOperator.identity()))
        .isInstanceOfSatisfying(
            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INPUT))
        .hasMessage(
            "data.labels = missing-labels: there is no such file. Give the address of one file.");
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
  void stopsIfAContainerFileCannotBeRead(SparkSession session) throws IOException {
    Path file = Files.writeString(folder.resolve("images.idx"), "something else");
    DataConfig data = fashion(2);
    DataConfig wrong =
        new DataConfig(
            file.toString(),
            data.format(),
            Optional.empty(),
            data.column(),
            data.labelColumn(),
            data.shards(),
            data.image(),
            data.features(),
            1,
            List.of(),
            DataConfig.Binarization.NONE,
            Optional.empty());

    assertRefused(
        session, wrong, "can't read file:" + file + ": begins with 0x736F6D65, but an IDX image");
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
