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
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.FaultPlugin.Attempts;
import org.sparkgen.job.FaultPlugin.Fault;
import org.sparkgen.report.ResultRecord;
import org.sparkgen.report.RunStatus;
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
  /** Bytes of a part of an upload, the least that S3 takes. */
  private static final int PART = 5 << 20;

  private final List<ChildJvm> children = new ArrayList<>();
  private final Storage local = Storage.open();
  private Path folder;
  private RunConfig small;
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
    small = Trainings.vae(folder);
    onLocalData = folder.resolve("local-data.conf");
    Files.writeString(onLocalData, ConfigText.render(small));
    assertCompletesOnALocalDisk(small);
  }

  private void assertCompletesOnALocalDisk(RunConfig config) {
    String root = folder.toString();
    assertCompletes(train("local", config, root, Map.of(), List.of("--master", "local[2]")));
  }

  private static String output(String root, RunConfig config) {
    return root + "/runs/" + config.run().name();
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
        small,
        Storage.open(),
        hdfs.getURI().toString(),
        Map.of(),
        List.of("--master", "local[2]"));
  }

  /** Hadoop's S3 client as a cluster without it gets it, and secrets where S3 users keep them. */
  @Test
  void s3EndsWithWhatALocalDiskEndsWith() {
    String log = assertSameOnS3("s3", small, s3.endpoint());

    assertThat(log).doesNotContain(S3Server.SECRET_KEY);
    Storage storage = Storage.open(s3.settings());
    for (StorageEntry file : storage.listFiles(output(bucket("s3"), small))) {
      assertThat(new String(storage.readBytes(file.uri()), ISO_8859_1))
          .as(file.name())
          .doesNotContain(S3Server.SECRET_KEY);
    }
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(ints = {1, 10, 30})
  void anS3ThatFailsOftenMakesNoDifference(int percent) {
    assertSameOnFaultyS3("s3-faulty-" + percent, small, percent);
  }

  /** What is larger than a part is uploaded in parts: here weights and the optimizer's state. */
  @Test
  @Tag("slow")
  void anS3ThatFailsOftenMakesNoDifferenceToUploadsInParts() {
    RunConfig large =
        Trainings.vae(folder, "run.name=large", "model.hidden=[1000,1000]", "training.epochs=2");
    assertCompletesOnALocalDisk(large);

    assertSameOnFaultyS3("s3-parts", large, 10);

    assertThat(s3.objects("s3-parts/runs/large").values()).anyMatch(length -> length > 2 * PART);
  }

  private void assertSameOnFaultyS3(String name, RunConfig config, int percent) {
    try (FaultyS3 faulty = new FaultyS3(s3.endpoint(), percent / 100.0)) {
      assertSameOnS3(name, config, faulty.endpoint());

      System.out.printf(
          "%s: %d %% of %d requests, %s%n", name, percent, faulty.requests(), faulty.injected());
      assertThat(faulty.injected().values().stream().mapToLong(AtomicLong::get).sum())
          .isGreaterThan(faulty.requests() * percent / 200);
    }
  }

  @Test
  @Tag("slow")
  void aWrongSecretIsRefusedBeforeAnythingIsTrained() {
    Map<String, String> environment =
        Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", "wrong");

    ChildJvm training = refused("wrong-secret", environment, output(bucket("wrong-secret"), small));

    assertThat(training.lastLine()).contains("permission denied");
  }

  @Test
  @Tag("slow")
  void aMissingBucketIsRefusedBeforeAnythingIsTrained() {
    ChildJvm training =
        refused("no-bucket", S3Submission.ENVIRONMENT, output("s3a://no-such-bucket", small));

    assertThat(training.lastLine()).contains("no-such-bucket", "no such host or bucket");
  }

  /** Hadoop closes its file systems when a process is told to end. */
  @Test
  @Tag("slow")
  void onS3ATerminatedRunSaysSo() {
    assertSaysThatItWasTerminated(
        Storage.open(s3.settings()),
        bucket("terminated"),
        S3Submission.ENVIRONMENT,
        s3Options(s3.endpoint()));
  }

  @Test
  @Tag("slow")
  void onHdfsATerminatedRunSaysSo() {
    assertSaysThatItWasTerminated(
        Storage.open(), hdfs.getURI() + "/terminated", Map.of(), List.of("--master", "local[2]"));
  }

  private void assertSaysThatItWasTerminated(
      Storage storage, String root, Map<String, String> environment, List<String> options) {
    publishData(storage, root);
    List<String> waiting = new ArrayList<>(options);
    waiting.addAll(FaultPlugin.options(Fault.HANGS, Attempts.FIRST, List.of(2), List.of(0)));
    ChildJvm training =
        ChildJvm.submitTraining(
            "store-terminated",
            environment,
            List.of(ChildJvm.testClasses()),
            waiting,
            List.of(publish(small, root)));
    children.add(training);
    String output = output(root, small);
    training.awaitAlive(
        "round 1", () -> storage.exists(output + "/checkpoints/round-000001/manifest.json"));

    training.terminate();

    assertThat(training.exitCode()).as(training.output()).isEqualTo(143);
    ResultRecord result = PastRun.of(storage, output).result().orElseThrow();
    assertThat(result.status()).isEqualTo(RunStatus.FAILED);
    assertThat(result.rounds()).isEqualTo(1);
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

  private String assertSameOnS3(String name, RunConfig config, String endpoint) {
    Storage storage = Storage.open(s3.settings());
    String log =
        assertSame(
            name, config, storage, bucket(name), S3Submission.ENVIRONMENT, s3Options(endpoint));
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
      RunConfig config,
      Storage storage,
      String root,
      Map<String, String> environment,
      List<String> options) {
    publishData(storage, root);

    ChildJvm training = train(name, config, root, environment, options);
    assertCompletes(training);

    String output = output(root, config);
    String expected = output(folder.toString(), config);
    assertThat(files(storage, output)).isEqualTo(files(local, expected));
    assertThat(Completion.read(storage, output).orElseThrow().damages(storage, output)).isEmpty();
    assertThat(storage.sha256(output + "/samples/final.png"))
        .isEqualTo(local.sha256(expected + "/samples/final.png"));
    assertThat(state(storage, output)).isEqualTo(state(local, expected));
    ChildJvm again = train(name + "-again", config, root, environment, options);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.lastLine()).startsWith("RESULT status=already-complete code=0");
    return training.output() + again.output();
  }

  private void publishData(Storage storage, String root) {
    for (String data : List.of("train.idx", "heldout.idx")) {
      storage.publish(root + "/" + data, local.readBytes(folder.resolve(data).toString()));
    }
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
      String name,
      RunConfig config,
      String root,
      Map<String, String> environment,
      List<String> options) {
    String file = publish(config, root);
    ChildJvm child = ChildJvm.submitTraining("store-" + name, environment, options, List.of(file));
    children.add(child);
    return child;
  }

  /** Writes a configuration for data and output below a root; returns where it is. */
  private String publish(RunConfig config, String root) {
    String text =
        ConfigText.render(config)
            .replace(folder.resolve("run").toString(), output(root, config))
            .replace(folder.toString(), root);
    String file = root + "/" + config.run().name() + ".conf";
    (root.startsWith("s3a:") ? Storage.open(s3.settings()) : local).publish(file, text);
    return file;
  }

  private static void assertCompletes(ChildJvm child) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.lastLine())
        .as(child.output())
        .startsWith("RESULT status=complete code=0 reason=\"");
  }
}
