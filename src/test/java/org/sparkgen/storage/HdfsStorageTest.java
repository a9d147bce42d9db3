package org.sparkgen.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real HDFS of one datanode, and what a killed writer leaves there. */
class HdfsStorageTest extends StorageContract {
  @TempDir private static Path directory;
  private static MiniDFSCluster cluster;

  private final Storage storage =
      // How long a client waits before it asks again whether its file is closed.
      Storage.open(Map.of("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5"));
  private final String folder = cluster.getURI() + "/" + UUID.randomUUID();

  @BeforeAll
  static void startCluster() throws IOException {
    cluster =
        new MiniDFSCluster.Builder(new Configuration(), directory.toFile()).numDataNodes(1).build();
  }

  @AfterAll
  static void stopCluster() {
    cluster.shutdown(true);
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
  void aFileThatItsWriterNeverClosedCanBeReplaced() throws IOException {
    OutputStream abandoned = storage.create(folder + "/lease.json");
    abandoned.write(1);

    assertThat(storage.claim(folder + "/lease.json", "me".getBytes(UTF_8))).isFalse();
    assertThat(storage.readBytes(folder + "/lease.json")).isEmpty();
    storage.publish(folder + "/lease.json", "me");

    assertThat(storage.readText(folder + "/lease.json")).isEqualTo("me");
  }
}
