package org.sparkgen.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.JobException;
import org.sparkgen.config.OverwritePolicy;
import org.sparkgen.storage.Storage;

/** Checkpoints and an output's whole life on a real HDFS of one datanode. */
class HdfsCheckpointsTest extends CheckpointsContract {
  @TempDir private static Path directory;
  private static MiniDFSCluster cluster;

  private final Storage storage =
      // How long a client waits before it asks again whether its file is closed.
      Storage.open(Map.of("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "5"));
  private final String run = cluster.getURI() + "/" + UUID.randomUUID();

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
  String run() {
    return run;
  }

  @Test
  void aRunIsBegunTakenOverResumedAndCompleted() {
    RunFolder killed = open();
    assertThat(killed.state()).isEqualTo(RunFolder.State.FRESH);
    killed.checkpoints(2).publish(Examples.checkpoint(1));

    RunFolder second = open();
    assertThat(second.state()).isEqualTo(RunFolder.State.RESUMED);
    Examples.assertSame(
        second.checkpoints(2).latestVerified().checkpoint().orElseThrow(), Examples.checkpoint(1));
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> killed.checkpoints(2).publish(Examples.checkpoint(2)))
        .withMessageContaining("took over");
    second.commit("report.html", "report");
    second.complete(Map.of("status", "ok"));

    assertThat(open().state()).isEqualTo(RunFolder.State.COMPLETE);
    assertThat(storage.exists(run + "/lease.json")).isFalse();
  }

  private RunFolder open() {
    return RunFolder.open(storage, run, "run {}", Map.of("run.seed", "42"), OverwritePolicy.REFUSE);
  }
}
