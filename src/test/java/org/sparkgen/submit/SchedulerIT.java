package org.sparkgen.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scheduler starts, with the application jar and the Spark that the build assembles. */
class SchedulerIT {
  private static final List<String> SMALL =
      List.of("--set", "training.epochs=1", "--set", "model.hidden=[16]");

  @TempDir private Path folder;

  /** The command of the container, on this machine: with a local master, and without a cluster. */
  private static Script.End drive(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "submit/kubernetes/driver.sh"));
    command.addAll(List.of(arguments));
    command.addAll(SMALL);
    return Script.run(
        Map.of(
            "SPARK_HOME", "",
            "SPARKGEN_MASTER", "local[1]",
            "SPARKGEN_IMAGE", "sparkgen",
            "SPARKGEN_DRIVER_MEMORY", "1g",
            "POD_NAME", "sparkgen-1",
            "POD_NAMESPACE", "default",
            "POD_IP", "127.0.0.1"),
        command);
  }

  @Test
  void theContainersCommandTrains() throws Exception {
    Script.End end =
        drive("train", "conf/quickstart.conf", "--set", "output.path=" + folder.resolve("run"));

    assertThat(end.code()).as(end.output()).isZero();
    assertThat(end.output()).contains("RESULT status=complete code=0");
    assertThat(folder.resolve("run/_SUCCESS")).isNotEmptyFile();
  }

  @Test
  void theContainersCommandEndsWithTheDriversCode() throws Exception {
    String missing = folder.resolve("nothing.gz").toString();
    Script.End input = drive("train", "conf/quickstart.conf", "--set", "data.path=" + missing);
    assertThat(input.code()).as(input.output()).isEqualTo(3);

    Script.End usage = drive("train", folder.resolve("no.conf").toString());
    assertThat(usage.code()).as(usage.output()).isEqualTo(2);
  }

  @Test
  @Tag("slow")
  void airflowsTasksTrainCheckAndSample() throws Exception {
    assumeTrue(AirflowDag.isPossible(), "there is no python3 here");
    AirflowDag dag = AirflowDag.in(folder);
    Path config = folder.resolve("small.conf");
    Files.writeString(
        config,
        Files.readString(Path.of("conf/quickstart.conf"))
            + "training.epochs = 1\nmodel.hidden = [16]\n");
    Map<String, String> environment =
        Map.of(
            "SPARK_HOME", "",
            "SPARKGEN_HOME", Path.of("").toAbsolutePath().toString(),
            "SPARKGEN_SUBMIT", "local.sh",
            "SPARKGEN_MASTER", "local[1]",
            "SPARKGEN_DRIVER_MEMORY", "1g",
            "SPARKGEN_CONFIG", config.toString(),
            "SPARKGEN_OUTPUT", folder.resolve("models").toString());
    String train = "tasks['train'](ds='2026-03-01')";
    String output = folder.resolve("models/2026-03-01").toString();

    assertThat(dag.evaluate(train, environment)).contains("status=complete", "VALUE " + output);
    assertThat(dag.evaluate("tasks['check']('%s')".formatted(output), environment))
        .contains("1 rounds", "VALUE " + output);
    assertThat(dag.evaluate("tasks['sample']('%s', ti=ti)".formatted(output), environment))
        .contains("VALUE " + output + "-samples/try-3");
    assertThat(Path.of(output + "-samples/try-3/samples.parquet/_SUCCESS")).exists();
    assertThat(dag.evaluate(train, environment)).contains("status=already-complete");
  }
}
