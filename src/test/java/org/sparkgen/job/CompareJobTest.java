package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Two outputs beside each other. */
@ExtendWith(LocalSpark.class)
class CompareJobTest {
  @TempDir private Path folder;

  private String compare(String a, String b, Optional<String> to) {
    return new CompareJob(Storage.open(), new CompareRequest(a, b, to)).run();
  }

  @Test
  void aVaeAndAGanAreCompared(SparkSession session) throws IOException {
    String vae =
        Trainings.train(Trainings.vae(folder, "output.path=" + folder.resolve("vae"))).output();
    String gan =
        Trainings.train(Trainings.gan(folder, "output.path=" + folder.resolve("gan"))).output();
    Path page = folder.resolve("pages/compared.html");

    String text = compare(vae, gan, Optional.of(page.toString()));

    assertThat(text)
        .containsPattern("model\\.family +vae +gan")
        .contains("because model.family differs");
    assertThat(Files.readString(page))
        .contains("<h2>Samples</h2>", "B has none.", "<b>discriminator</b>", "<b>kl</b>");
    assertThat(compare(vae, gan, Optional.of(page.toString())))
        .as("the page is written again")
        .isEqualTo(text);
    assertRefused(vae, gan, folder.toString(), ExitCode.USAGE, "is a folder: --to names a file");
    String missing = folder.resolve("none").toString();
    String other = folder.resolve("other.html").toString();
    assertRefused(
        vae, missing, other, ExitCode.INPUT, missing + " holds no run: there is no run.json");
    assertRefused(missing, vae, other, ExitCode.INPUT, missing + " holds no run");
    Files.writeString(Path.of(gan, "samples/final.png"), "no picture, but long enough to be one");
    assertRefused(vae, gan, other, ExitCode.STORAGE, "samples/final.png is damaged");
    assertThat(Path.of(other)).doesNotExist();
  }

  private void assertRefused(String a, String b, String to, ExitCode code, String reason) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> compare(a, b, Optional.of(to)))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(code))
        .withMessageContaining(reason);
  }
}
