package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Completion;
import org.sparkgen.config.ConfigText;
import org.sparkgen.job.FaultPlugin.Attempts;
import org.sparkgen.job.FaultPlugin.Fault;
import org.sparkgen.storage.S3Server;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** Two drivers that write to one output at the same time. */
@Tag("slow")
class TwoDriversIT {
  private final List<ChildJvm> children = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  @Test
  void onALocalDiskTheLaterTakesOverAndTheEarlierStops() throws IOException {
    assertLaterWins("local", Storage.open(), folder.resolve("run").toString(), List.of());
  }

  @Test
  void onS3TheLaterTakesOverAndTheEarlierStops() throws IOException {
    try (S3Server s3 = S3Server.start(folder)) {
      assertLaterWins(
          "s3",
          Storage.open(s3.settings()),
          "s3a://" + s3.bucket() + "/run",
          S3Submission.options(s3.endpoint()));
    }
  }

  /** The earlier one waits in its second round until the later one has finished the run. */
  private void assertLaterWins(String name, Storage storage, String output, List<String> options)
      throws IOException {
    Path config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder, "output.path=" + output)));
    Path finished = folder.resolve("finished");
    List<String> waiting = new ArrayList<>(options);
    waiting.addAll(FaultPlugin.options(Fault.WAITS, Attempts.EVERY, List.of(2), List.of(0)));
    waiting.addAll(FaultPlugin.until(finished));
    ChildJvm earlier = submit(name + "-earlier", waiting, config);
    String firstRound = output + "/checkpoints/round-000001/manifest.json";
    earlier.awaitAlive("round 1", () -> storage.exists(firstRound));

    ChildJvm later = submit(name + "-later", options, config);

    assertThat(later.exitCode()).as(later.output()).isZero();
    assertThat(later.lastLine()).startsWith("RESULT status=resumed-and-complete code=0");
    assertThat(later.output()).contains("Taking " + output + " over");
    List<StorageEntry> files = storage.listFiles(output);
    Files.createFile(finished);
    assertThat(earlier.exitCode()).as(earlier.output()).isEqualTo(5);
    assertThat(earlier.lastLine()).startsWith("RESULT status=failed code=5");
    assertThat(storage.listFiles(output)).isEqualTo(files);
    assertThat(Completion.read(storage, output).orElseThrow().damages(storage, output)).isEmpty();
  }

  private ChildJvm submit(String name, List<String> more, Path config) {
    List<String> options = new ArrayList<>(List.of("--master", "local[2,4]"));
    options.addAll(more);
    Map<String, String> environment = S3Submission.ENVIRONMENT;
    ChildJvm child =
        ChildJvm.submitTraining(
            "two-" + name,
            environment,
            List.of(ChildJvm.testClasses()),
            options,
            List.of(config.toString()));
    children.add(child);
    return child;
  }
}
