package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ConfigText;
import org.sparkgen.job.FaultPlugin.Attempts;
import org.sparkgen.job.FaultPlugin.Fault;

/** A training whose folder for Spark's own files is on a disk that fills up in the second round. */
@Tag("slow")
class FullLocalDirIT {
  /** For the application jar, of which Spark makes a copy, and some rounds. */
  private static final long SPACE = 200L << 20;

  private final List<ChildJvm> children = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  @Test
  void endsTheRunAndLosesNothing() throws IOException {
    assumeTrue(ChildJvm.canMount(), "no disk of a size can be mounted here");
    Path config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    Path disk = Files.createDirectory(folder.resolve("disk"));
    String output = folder.resolve("run").toString();
    List<String> options = new ArrayList<>(List.of("--master", "local[2]"));
    options.addAll(ChildJvm.settings("spark.", "local.dir=" + disk));
    List<String> filled = new ArrayList<>(options);
    filled.addAll(
        FaultPlugin.options(Fault.DISK_FILLED, Attempts.EVERY, List.of(2), List.of(0, 1, 2)));

    ChildJvm training = submit("filled", disk, filled, config);

    assertThat(training.exitCode()).as(training.output()).isEqualTo(5);
    assertThat(training.lastLine())
        .startsWith("RESULT status=failed code=5")
        .contains(disk.toString(), "No space left on device");
    assertThat(Trainings.newest(output).round()).isEqualTo(1);
    ChildJvm again = submit("again", disk, options, config);
    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.lastLine()).startsWith("RESULT status=resumed-and-complete code=0");
  }

  private ChildJvm submit(String name, Path disk, List<String> options, Path config) {
    ChildJvm child =
        ChildJvm.submitTrainingWithDisk(
            disk, SPACE, "local-dir-" + name, options, List.of(config.toString()));
    children.add(child);
    return child;
  }
}
