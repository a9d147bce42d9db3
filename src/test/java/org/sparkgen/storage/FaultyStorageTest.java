package org.sparkgen.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** The contract on Hadoop's raw local file system behind a filter, and what failures look like. */
class FaultyStorageTest extends StorageContract {
  @TempDir private Path directory;
  private final Storage storage = FaultyFileSystem.storage();

  @Override
  Storage storage() {
    return storage;
  }

  @Override
  String folder() {
    return FaultyFileSystem.address(directory.resolve("run"));
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.heal();
  }

  @Test
  void aPublicationThatIsCutAnywhereLeavesTheOldFileOrTheNew() {
    String file = folder() + "/file";
    storage.publish(file, "old");
    FaultyFileSystem.heal();
    storage.publish(file, "old");
    long calls = FaultyFileSystem.calls();
    assertThat(calls).isGreaterThanOrEqualTo(4);

    for (long call = 1; call <= calls; call++) {
      FaultyFileSystem.stopAt(call);
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> storage.publish(file, "new and longer"))
          .withMessageContaining("can't write " + file + ": input/output error");
      FaultyFileSystem.heal();
      assertThat(storage.readText(file)).isEqualTo("old");
    }
    storage.publish(file, "new and longer");
    assertThat(storage.readText(file)).isEqualTo("new and longer");
  }

  @Test
  void aPublicationThatFailsCleansUp() {
    String file = folder() + "/file";
    storage.publish(file, "old");
    FaultyFileSystem.failOnceAt(3);
    assertThatExceptionOfType(JobException.class).isThrownBy(() -> storage.publish(file, "new"));

    assertThat(names(storage.list(folder()))).containsExactly("file");
  }

  @Test
  void aStreamThatBreaksNamesItsFile() throws IOException {
    try (var out = storage.create(folder() + "/file")) {
      FaultyFileSystem.failOnceAt(1);
      assertThatExceptionOfType(JobException.class)
          .isThrownBy(() -> out.write("text".getBytes(UTF_8)))
          .withMessageContaining("can't write " + folder() + "/file");
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new AccessControlException("user=x, access=READ"),
            StorageFailure.DENIED,
            "permission denied (AccessControlException, user=x, access=READ). Give the account"),
        Arguments.of(
            new AccessDeniedException("s3a://bucket/x"),
            StorageFailure.DENIED,
            "permission denied (AccessDeniedException, s3a://bucket/x)."),
        Arguments.of(
            new FileNotFoundException("/x (Permission denied)"),
            StorageFailure.DENIED,
            "permission denied"),
        Arguments.of(
            new UnknownHostException("nowhere"),
            StorageFailure.UNREACHABLE,
            "no such host or bucket, or it does not answer (UnknownHostException, nowhere). Check"),
        Arguments.of(
            new IOException("call failed", new ConnectException("Connection refused")),
            StorageFailure.UNREACHABLE,
            "no such host or bucket"),
        Arguments.of(
            new UnknownStoreException("bucket"),
            StorageFailure.UNREACHABLE,
            "no such host or bucket"),
        Arguments.of(
            new IOException("No space left on device"),
            StorageFailure.FULL,
            "no space left (IOException, No space left on device). Free some space"),
        Arguments.of(new DSQuotaExceededException(1, 2), StorageFailure.FULL, "no space left"),
        Arguments.of(
            new ChecksumException("block 7", 0),
            StorageFailure.DAMAGED,
            "the stored bytes are damaged (ChecksumException, block 7). Restore"),
        Arguments.of(
            new IOException("at s3a://id:secret@bucket/x\nstack"),
            StorageFailure.OTHER,
            "input/output error (IOException, at s3a://***@bucket/x). The message"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failuresSayWhatWhereAndWhatWouldBeRight(
      IOException reason, StorageFailure kind, String message) {
    FaultyFileSystem.failWith(reason);

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> storage.readBytes(folder() + "/file"))
        .withMessageContaining("can't read " + folder() + "/file: " + message)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE))
        .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(kind));
  }

  /** Named as S3A names a missing bucket. */
  private static final class UnknownStoreException extends IOException {
    UnknownStoreException(String message) {
      super(message);
    }
  }
}
