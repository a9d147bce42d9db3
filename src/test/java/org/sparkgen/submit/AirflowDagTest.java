package org.sparkgen.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example for Airflow. */
class AirflowDagTest {
  @TempDir private Path folder;
  private AirflowDag dag;

  @BeforeEach
  void needsPython() throws Exception {
    assumeTrue(AirflowDag.isPossible(), "there is no python3 here");
    dag = AirflowDag.in(folder);
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARKGEN_HOME",
        folder.toString(),
        "SPARKGEN_CONFIG",
        "vae.conf",
        "SPARKGEN_OUTPUT",
        folder.resolve("models") + "/");
  }

  private void submissionDoes(String text) throws IOException {
    Script.program(folder.resolve("submit/yarn.sh"), text);
  }

  @Test
  void trainsThenChecksThenSamplesAndRetries() throws Exception {
    assertThat(dag.evaluate("order", Map.of()))
        .contains("VALUE [('train',), ('train', 'check'), ('check', 'sample')]");
    assertThat(dag.evaluate("settings['default_args']['retries']", Map.of())).contains("VALUE 5");
    assertThat(dag.evaluate("settings['max_active_runs']", Map.of())).contains("VALUE 1");
  }

  @ParameterizedTest
  @CsvSource({
    "exit 2, AirflowFailException sparkgen ended with code 2",
    "exit 3, AirflowFailException sparkgen ended with code 3",
    "exit 4, AirflowFailException sparkgen ended with code 4",
    "exit 5, AirflowException sparkgen ended with code 5",
    "exit 70, AirflowException sparkgen ended with code 70",
    "exit 1, AirflowException sparkgen ended with code 1",
    "exit 143, AirflowException sparkgen ended with signal SIGTERM",
    "exit 137, AirflowException sparkgen ended with signal SIGKILL",
    "kill -9 $$, AirflowException sparkgen ended with signal SIGKILL"
  })
  void repeatsWhatMayEndBetter(String ending, String raised) throws Exception {
    submissionDoes("echo 'RESULT status=failed code=9 reason=\"of \\\"that\\\"\"' >&2\n" + ending);

    assertThat(dag.evaluate("sparkgen('train', 'vae.conf')", environment()))
        .contains("RAISED " + raised + ": of \\\"that\\\"");
  }

  @Test
  void trainsTheSameFolderAgainOnTheSameDay() throws Exception {
    submissionDoes(
        "echo \"$SPARKGEN_DEPLOY_MODE $*\"\necho 'RESULT status=complete code=0 reason=\"\"'\n");
    String output = folder.resolve("models/2026-03-01").toString();

    assertThat(dag.evaluate("tasks['train'](ds='2026-03-01')", environment()))
        .contains("client train vae.conf --set output.path=" + output)
        .contains("VALUE " + output);
    assertThat(dag.evaluate("tasks['sample']('models/a', ti=ti)", environment()))
        .contains("client sample models/a --count 10000 --to models/a-samples/try-3")
        .contains("VALUE models/a-samples/try-3");
  }

  @Test
  void acceptsOnlyWhatIsComplete() throws Exception {
    String check = "tasks['check']('%s')".formatted(folder);
    assertThat(dag.evaluate(check, Map.of())).contains("RAISED AirflowException", "_SUCCESS");

    Files.writeString(folder.resolve("_SUCCESS"), "{\"files\": [{}, {}]}");
    String result = "{\"status\": \"%s\", \"exitCode\": %d, \"reason\": \"r\", \"rounds\": 3, %s}";
    String digest = "\"weightsSha256\": \"ab\"";
    Files.writeString(folder.resolve("result.json"), result.formatted("failed", 4, digest));
    assertThat(dag.evaluate(check, Map.of())).contains("RAISED AirflowFailException").contains("r");

    Files.writeString(folder.resolve("result.json"), result.formatted("finished", 0, digest));
    assertThat(dag.evaluate(check, Map.of()))
        .contains("3 rounds, 2 files, ab")
        .contains("VALUE " + folder);
  }

  @Test
  void readsOtherStoragesWithHadoop() throws Exception {
    Script.program(folder.resolve("bin/hadoop"), "echo \"{\\\"asked\\\": \\\"$*\\\"}\"\n");
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");

    assertThat(dag.evaluate("read_json('s3a://bucket/result.json')", Map.of("PATH", path)))
        .contains("VALUE {'asked': 'fs -cat s3a://bucket/result.json'}");
  }
}
