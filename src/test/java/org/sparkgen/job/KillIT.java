package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ConfigText;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.RoundMetrics;

/** The application jar under spark-submit, killed by the operating system and started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillIT {
  private static final int SIGKILL = 128 + 9;
  private static final int SIGTERM = 128 + 15;

  private final List<ChildJvm> children = new ArrayList<>();
  private Path folder;
  private Path config;
  private String weights;
  private String state;

  @BeforeAll
  void trainUnkilled(@TempDir Path shared) throws IOException {
    folder = shared;
    config = folder.resolve("small.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder)));
    ChildJvm child = train("unkilled", output("unkilled"));
    assertEnded(child, "complete");
    weights = Trainings.newest(output("unkilled")).snapshot().weightsSha256();
    state = Trainings.state(output("unkilled"));
    assertThat(child.lastLine()).contains("3 rounds").contains(weights);
  }

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
    children.clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void endsWithTheSameBitsAfterAKillBehindRound(int round) {
    String name = "killed" + round;
    ChildJvm victim = train(name, output(name));
    victim.awaitAlive("manifest of round " + round, () -> committed(name, round));
    victim.kill();
    assertThat(victim.exitCode()).as(victim.output()).isEqualTo(SIGKILL);
    assertThat(Trainings.newest(output(name)).round()).isGreaterThanOrEqualTo(round);
    assertThat(Files.exists(Path.of(output(name), "_SUCCESS"))).isFalse();

    assertEnded(train(name + "-again", output(name)), "resumed-and-complete");

    assertSameAsUnkilled(name);
  }

  @Test
  void leavesCommittedRoundsIntactWhenItIsTerminated() {
    String name = "terminated";
    ChildJvm victim = train(name, output(name));
    victim.awaitAlive("manifest of round 1", () -> committed(name, 1));
    victim.terminate();
    assertThat(victim.exitCode()).as(victim.output()).isEqualTo(SIGTERM);
    assertThat(victim.lastLine())
        .as(victim.output())
        .startsWith("RESULT status=terminated code=143 reason=\"this process was told to end");
    assertThat(Files.exists(Path.of(output(name), "_SUCCESS"))).isFalse();
    int round = Trainings.newest(output(name)).round();
    assertThat(round).isPositive();
    assertThat(Trainings.newest(output(name)).snapshot().weightsSha256())
        .isEqualTo(Trainings.metrics(output("unkilled")).get(round - 1).weightsSha256());

    assertEnded(train(name + "-again", output(name)), "resumed-and-complete");

    assertSameAsUnkilled(name);
  }

  private ChildJvm train(String name, String output) {
    ChildJvm child =
        ChildJvm.submitTraining(
            "kill-" + name,
            List.of("--master", "local[2]"),
            List.of(config.toString(), "--set", "output.path=" + output));
    children.add(child);
    return child;
  }

  private String output(String name) {
    return folder.resolve(name).toString();
  }

  private boolean committed(String name, int round) {
    return Files.exists(
        Path.of(output(name), "checkpoints", "round-%06d".formatted(round), "manifest.json"));
  }

  private static void assertEnded(ChildJvm child, String status) {
    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(child.lastLine())
        .as(child.output())
        .startsWith("RESULT status=%s code=0 reason=\"".formatted(status));
  }

  private void assertSameAsUnkilled(String name) {
    assertThat(Trainings.newest(output(name)).snapshot().weightsSha256()).isEqualTo(weights);
    assertThat(Trainings.state(output(name))).isEqualTo(state);
    assertThat(Trainings.metrics(output(name)))
        .extracting(RoundMetrics::weightsSha256)
        .isEqualTo(
            Trainings.metrics(output("unkilled")).stream()
                .map(RoundMetrics::weightsSha256)
                .toList());
    assertThat(Storage.open().sha256(output(name) + "/samples/final.png"))
        .isEqualTo(Storage.open().sha256(output("unkilled") + "/samples/final.png"));
  }
}
