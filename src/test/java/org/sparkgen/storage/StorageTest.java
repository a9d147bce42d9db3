package org.sparkgen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/** Addresses: which are made, which are refused, and what is shown of them. */
class StorageTest {

  @Test
  void resolvesBelowAnyParent() {
    assertThat(Storage.resolve("s3a://bucket", "a/b-c_d.e")).isEqualTo("s3a://bucket/a/b-c_d.e");
    assertThat(Storage.resolve("file:///", "a")).isEqualTo("file:///a");
    assertThat(Storage.resolve("out", "1")).isEqualTo("out/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/../b",
        "a//b",
        "/a",
        "a/",
        ".hidden",
        "_x",
        "a b",
        "a\nb",
        "a\\b",
        "a:b",
        "a%2e",
        "ü",
        "a/./b",
        "-a",
        "a0123456789012345678901234567890123456789012345678901234567890123456789"
      })
  void refusesNamesThatCouldLeadElsewhere(String name) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.resolve("hdfs://id:secret@host/out", name))
        .withMessageContaining("refused to use the name '" + name + "'")
        .withMessageContaining("below hdfs://***@host/out: each part must match")
        .withMessageNotContaining("secret")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a://AKIA:se/cret@bucket/x", "s3a://AKIA:secret@bucket/x"})
  void refusesSecretsInAddresses(String uri) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.open().readText(uri))
        .withMessageContaining("it contains a password or secret key")
        .withMessageContaining("credential provider")
        .withMessageNotContaining("cret@")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void saysThatAConnectorIsMissing() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.open().readText("nonsense://bucket/x"))
        .withMessageContaining("can't read nonsense://bucket/x: no file system is installed")
        .withMessageContaining("hadoop-aws");
  }

  @Test
  void saysThatAHostIsUnknown() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.open().list("hdfs://no-such-host.invalid/x"))
        .withMessageContaining("can't list hdfs://no-such-host.invalid/x: no such host or bucket")
        .satisfies(e -> assertThat(StorageFailure.of(e)).isEqualTo(StorageFailure.UNREACHABLE));
  }

  @Test
  void refusesWhatIsNoPath() {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.open().exists(" "))
        .withMessageContaining("a path is empty");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Storage.open().exists("a:b:c"))
        .withMessageContaining("a:b:c is no path");
  }

  @Test
  void sparkHadoopPropertiesReachTheFileSystem(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("file"), "content");
    String key = "spark.hadoop.fs.faulty.impl";
    System.setProperty(key, FaultyFileSystem.class.getName());
    try {
      String uri = FaultyFileSystem.address(directory.resolve("file"));
      assertThat(Storage.open().readText(uri)).isEqualTo("content");
    } finally {
      System.clearProperty(key);
    }
  }
}
