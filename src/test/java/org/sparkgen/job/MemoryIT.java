package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ConfigText;

/** Trainings that the memory is too small for. */
@Tag("slow")
class MemoryIT {
  @TempDir private Path folder;

  /** 18 million parameters, whose state is 220 MB, several times, in a heap of 512 MB. */
  @Test
  void aHeapThatIsTooSmallIsNamed() throws IOException {
    Path config = folder.resolve("large.conf");
    Files.writeString(config, ConfigText.render(Trainings.vae(folder, "model.hidden=[3000,3000]")));

    ChildJvm training =
        ChildJvm.submitTraining(
            "small-heap", List.of("--master", "local[2]"), List.of(config.toString()));

    assertThat(training.exitCode()).as(training.output()).isEqualTo(70);
    assertThat(training.lastLine())
        .startsWith("RESULT status=failed code=70")
        .contains("OutOfMemoryError", "raise", "spark.driver.memory");
  }
}
