package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.ConfigText;
import org.sparkgen.job.FaultPlugin.Attempts;
import org.sparkgen.job.FaultPlugin.Fault;
import org.sparkgen.storage.Storage;

/** Two drivers that write to one output at the same time. */
@Tag("slow")
class TwoDriversIT {
  private final List<ChildJvm> children = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  /**
   * The first hangs in its second round until its task is ended; by then it has lost the output.
   */
  @Test
  void theLaterTakesOverAndTheEarlierStops() throws IOException {
    Path config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    Path output = folder.resolve("run");
    List<String> hanging =
        new ArrayList<>(FaultPlugin.options(Fault.HANGS, Attempts.FIRST, List.of(2), List.of(0)));
    hanging.addAll(List.of("--conf", "spark.sparkgen.taskDeadline=60s"));
    ChildJvm earlier = submit("earlier", hanging, config);
    earlier.awaitAlive(
        "round 1", () -> Files.exists(output.resolve("checkpoints/round-000001/manifest.json")));

    ChildJvm later = submit("later", List.of(), config);

    assertThat(later.exitCode()).as(later.output()).isZero();
    assertThat(later.lastLine()).startsWith("RESULT status=resumed-and-complete code=0");
    assertThat(later.output()).contains("Taking " + output + " over");
    assertThat(earlier.exitCode()).as(earlier.output()).isEqualTo(5);
    assertThat(earlier.lastLine()).startsWith("RESULT status=failed code=5");
    Storage storage = Storage.open();
    assertThat(
            Completion.read(storage, output.toString())
                .orElseThrow()
                .damages(storage, output.toString()))
        .isEmpty();
  }

  private ChildJvm submit(String name, List<String> more, Path config) {
    List<String> options = new ArrayList<>(List.of("--master", "local[2,4]"));
    options.addAll(more);
    ChildJvm child =
        ChildJvm.submitTrainingWithTestClasses("two-" + name, options, List.of(config.toString()));
    children.add(child);
    return child;
  }
}
