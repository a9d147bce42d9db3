package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Checkpoints;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Trainings whose output is on HDFS while datanodes stop. */
@Tag("slow")
@ExtendWith(LocalSpark.class)
class HdfsFaultsIT {
  @TempDir private Path folder;
  private MiniDFSCluster hdfs;
  private String output;

  @BeforeEach
  void startHdfs() throws IOException {
    hdfs =
        new MiniDFSCluster.Builder(new Configuration(), folder.resolve("hdfs").toFile())
            .numDataNodes(3)
            .build();
    output = hdfs.getURI() + "/run";
  }

  @AfterEach
  void stopHdfs() {
    hdfs.shutdown(true);
  }

  @Test
  void oneDatanodeThatStopsDuringACheckpointIsNotMissed(SparkSession session) {
    RunConfig config = Trainings.vae(folder, "output.path=" + output);

    TrainResult result = Trainings.train(config, stopping(() -> hdfs.stopDataNode(0)));

    assertThat(hdfs.getDataNodes()).hasSize(2);
    assertThat(result.ending()).isEqualTo(TrainResult.Ending.COMPLETE);
    assertThat(result.weightsSha256()).isEqualTo(undisturbed());
  }

  @Test
  void allDatanodesThatStopEndTheRunAndLoseNothing(SparkSession session) throws IOException {
    RunConfig config = Trainings.vae(folder, "output.path=" + output);
    List<DataNodeProperties> stopped = new ArrayList<>();

    JobException failure =
        catchThrowableOfType(
            JobException.class, () -> Trainings.train(config, stopping(() -> stopAll(stopped))));

    assertThat(failure.exitCode()).as(failure.toString()).isEqualTo(ExitCode.STORAGE);
    assertThat(failure).hasMessageContaining(output + "/checkpoints/round-000002");
    for (DataNodeProperties datanode : stopped) {
      assertThat(hdfs.restartDataNode(datanode, true)).isTrue();
    }
    hdfs.waitActive();
    assertThat(
            new Checkpoints(Storage.open(), output, 2)
                .latestVerified()
                .checkpoint()
                .orElseThrow()
                .round())
        .isEqualTo(1);
    TrainResult again = Trainings.train(config);
    assertThat(again.ending()).isEqualTo(TrainResult.Ending.RESUMED);
    assertThat(again.weightsSha256()).isEqualTo(undisturbed());
  }

  private void stopAll(List<DataNodeProperties> stopped) {
    while (!hdfs.getDataNodes().isEmpty()) {
      stopped.add(hdfs.stopDataNode(0));
    }
  }

  private String undisturbed() {
    return Trainings.train(Trainings.vae(folder, "output.path=" + folder.resolve("local")))
        .weightsSha256();
  }

  /** The true storage, which does something when the first file of round 2 is created. */
  private static Storage stopping(Runnable what) {
    Storage storage = Storage.open();
    AtomicBoolean done = new AtomicBoolean();
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("create")
                  && arguments[0].toString().contains("round-000002")
                  && !done.getAndSet(true)) {
                what.run();
              }
              try {
                return method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
