package org.sparkgen.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.ConfigText;
import org.sparkgen.storage.FaultyS3;
import org.sparkgen.storage.S3Server;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/**
 * The application jar under spark-submit with configuration, pictures and output on HDFS (three
 * datanodes) and on S3: the same files and the same bits as on a local disk, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresIT {
  private static final String OUTPUT = "/runs/small";

  private final List<ChildJvm> children = new ArrayList<>();
  private final Storage local = Storage.open();
  private Path folder;
  private Path onLocalData;
  private S3Server s3;
  private MiniDFSCluster hdfs;

  @BeforeAll
  void trainOnALocalDisk(@TempDir Path shared) throws IOException {
    folder = shared;
    hdfs =
        new MiniDFSCluster.Builder(new Configuration(), folder.resolve("hdfs").toFile())
            .numDataNodes(3)
            .build();
    s3 = S3Server.start(folder);
    onLocalData = folder.resolve("local-data.conf");
    Files.writeString(onLocalData, ConfigText.render(Trainings.vae(folder)));
    assertCompletes(train("local", folder.toString(), Map.of(), List.of("--master", "local[2]")));
  }

  @AfterAll
  void stopServers() {
    s3.close();
    hdfs.shutdown(true);
  }

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
    children.clear();
  }

  @Test
  void hdfsEndsWithWhatALocalDiskEndsWith() {
    assertSame(
        "hdfs",
        Storage.open(),
        hdfs.getURI().toString(),
        Map.of(),
        List.of("--master", "local[2]"));
  }

  /** Hadoop's S3 client as a cluster without it gets it, and secrets where S3 users keep them. */
  @Test
  void s3EndsWithWhatALocalDiskEndsWith() {
    String log = assertSameOnS3("s3", s3.endpoint());

    assertThat(log).doesNotContain(S3Server.SECRET_KEY);
    Storage storage = Storage.open(s3.settings());
    for (StorageEntry file : storage.listFiles(bucket("s3") + OUTPUT)) {
      assertThat(new String(storage.readBytes(file.uri()), ISO_8859_1))
          .as(file.name())
          .doesNotContain(S3Server.SECRET_KEY);
    }
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 10, 30})
  void anS3ThatFailsOftenMakesNoDifference(int percent) {
    try (FaultyS3 faulty = new FaultyS3(s3.endpoint(), percent / 100.0)) {
      assertSameOnS3("s3-faulty-" + percent, faulty.endpoint());

      System.out.printf(
          "%d %% of %d requests: %s%n", percent, faulty.requests(), faulty.injected());
      assertThat(faulty.injected().values().stream().mapToLong(AtomicLong::get).sum())
          .isGreaterThan(faulty.requests() * percent / 200);
    }
  }

  @Test
  @Tag("slow")
  void aWrongSecretIsRefusedBeforeAnythingIsTrained() {
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", "wrong");

    ChildJvm training = refused("wrong-secret", environment, bucket("wrong-secret") + OUTPUT);

    assertThat(training.lastLine()).contains("permission denied");
  }

  @Test
  @Tag("slow")
  void aMissingBucketIsRefusedBeforeAnythingIsTrained() {
    ChildJvm training =
        refused("no-bucket", S3Submission.ENVIRONMENT, "s3a://no-such-bucket" + OUTPUT);

    assertThat(training.lastLine()).contains("no-such-bucket", "no such host or bucket");
  }

  private ChildJvm refused(String name, Map<String, String> environment, String output) {
    long begin = System.nanoTime();
    ChildJvm training =
        ChildJvm.submitTraining(
            "store-" + name,
            environment,
            s3Options(s3.endpoint()),
            List.of(onLocalData.toString(), "--set", "output.path=" + output));
    children.add(training);
    assertThat(training.exitCode()).as(training.output()).isEqualTo(5);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(1));
    assertThat(training.output()).doesNotContain("round 1/3");
    return training;
  }

  private String assertSameOnS3(String name, String endpoint) {
    Storage storage = Storage.open(s3.settings());
    String log =
        assertSame(name, storage, bucket(name), S3Submission.ENVIRONMENT, s3Options(endpoint));
    assertThat(s3.pendingUploads()).isZero();
    return log;
  }

  private static List<String> s3Options(String endpoint) {
    return Stream.concat(Stream.of("--master", "local[2]"), S3Submission.options(endpoint).stream())
        .toList();
  }

  private String bucket(String name) {
    return "s3a://" + s3.bucket() + "/" + name;
  }

  /** Returns all that the processes printed. */
  private String assertSame(
      String name,
      Storage storage,
      String root,
      Map<String, String> environment,
      List<String> options) {
    for (String data : List.of("train.idx", "heldout.idx")) {
      storage.publish(root + "/" + data, local.readBytes(folder.resolve(data).toString()));
    }

    ChildJvm training = train(name, root, environment, options);
    assertCompletes(training);

    String output = root + OUTPUT;
    assertThat(files(storage, output)).isEqualTo(files(local, folder + OUTPUT));
    assertThat(Completion.read(storage, output).orElseThrow().damages(storage, output)).isEmpty();
    assertThat(storage.sha256(output + "/samples/final.png"))
        .isEqualTo(local.sha256(folder + OUTPUT + "/samples/final.png"));
    assertThat(state(storage, output)).isEqualTo(state(local, folder + OUTPUT));
    ChildJvm again = train(name + "-again", root, environment, options);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.lastLine()).startsWith("RESULT status=already-complete code=0");
    return training.output() + again.output();
  }

  /** Names of all files; attempts and parts of tables are called differently every time. */
  private static List<String> files(Storage storage, String output) {
    return storage.listFiles(output).stream()
        .map(StorageEntry::name)
        .map(name -> name.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"))
        .sorted()
        .toList();
  }

  private static String state(Storage storage, String output) {
    return new Checkpoints(storage, output, 2)
        .latestVerified()
        .checkpoint()
        .orElseThrow()
        .snapshot()
        .stateSha256();
  }

  private ChildJvm train(
      String name, String root, Map<String, String> environment, List<String> options) {
    String text =
        ConfigText.render(Trainings.vae(folder))
            .replace(folder.resolve("run").toString(), root + OUTPUT)
            .replace(folder.toString(), root);
    String config = root + "/small.conf";
    (root.startsWith("s3a:") ? Storage.open(s3.settings()) : local).publish(config, text);
    ChildJvm child =
        ChildJvm.submitTraining("store-" + name, environment, options, List.of(config));
    children.add(child);
    return child;
  }

  private static void assertCompletes(ChildJvm child) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.lastLine())
        .as(child.output())
        .startsWith("RESULT status=complete code=0 reason=\"");
  }
}
