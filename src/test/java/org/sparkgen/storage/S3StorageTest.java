package org.sparkgen.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.JobException;

/** The contract on an S3 server, through Hadoop's client, and what is different there. */
class S3StorageTest extends StorageContract {
  @TempDir private static Path directory;
  private static S3Server server;

  private final Storage storage = Storage.open(server.settings());
  private final String prefix = UUID.randomUUID().toString();
  private final String folder = "s3a://%s/%s".formatted(server.bucket(), prefix);

  @BeforeAll
  static void startServer() {
    server = S3Server.start(directory);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String folder() {
    return folder;
  }

  @Test
  void aFileIsOneObjectAndNothingElse() {
    storage.publish(folder + "/a/b.txt", "content");

    assertThat(server.objects(prefix)).containsExactly(Map.entry(prefix + "/a/b.txt", 7L));
    assertThat(server.pendingUploads()).isZero();
  }

  @Test
  void whatIsWrittenAppearsWhenItIsClosed() throws IOException {
    try (OutputStream out = storage.create(folder + "/file")) {
      out.write("content".getBytes(UTF_8));
      assertThat(server.objects(prefix)).isEmpty();
    }

    assertThat(server.objects(prefix)).containsExactly(Map.entry(prefix + "/file", 7L));
  }

  /** The client asks again, and the server no longer knows the upload. */
  @Test
  void anUploadWhoseLastAnswerIsLostHasSucceeded() {
    byte[] content = new byte[11 << 20];
    new Random(1).nextBytes(content);
    AtomicInteger lost = new AtomicInteger();
    try (FaultyS3 faulty =
        FaultyS3.losingAnswers(
            server.endpoint(),
            request -> completesUpload(request) && lost.getAndIncrement() == 0)) {
      Map<String, String> settings = new TreeMap<>(S3Server.settings(faulty.endpoint()));
      settings.put("fs.s3a.impl.disable.cache", "true");

      Storage.open(settings).publish(folder + "/parts", content);
    }

    assertThat(lost).hasValueGreaterThan(1);
    assertThat(storage.sha256(folder + "/parts")).isEqualTo(Digests.sha256(content));
    assertThat(server.pendingUploads()).isZero();
  }

  private static boolean completesUpload(HttpExchange request) {
    return request.getRequestMethod().equals("POST")
        && String.valueOf(request.getRequestURI().getQuery()).startsWith("uploadId=");
  }

  @Test
  void aMissingBucketIsNamed() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> storage.exists("s3a://no-such-bucket/file"))
        .withMessageContaining("no-such-bucket")
        .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.UNREACHABLE));
  }

  @Test
  void aWrongSecretIsDeniedAndNotShown() {
    Map<String, String> settings = new TreeMap<>(server.settings());
    settings.put("fs.s3a.secret.key", "not-" + S3Server.SECRET_KEY);
    settings.put("fs.s3a.impl.disable.cache", "true");
    Storage stranger = HadoopStorage.wary(settings);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> stranger.publish(folder + "/file", "content"))
        .withMessageContaining(folder + "/file: permission denied")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(S3Server.SECRET_KEY))
        .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.DENIED));
  }
}
