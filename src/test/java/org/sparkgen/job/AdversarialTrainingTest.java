package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** A VAE-GAN and conditional GANs, from their data to their artifacts. */
@ExtendWith(LocalSpark.class)
class AdversarialTrainingTest {
  @TempDir private Path folder;

  @Test
  void aVaeGanLeavesThreeNetworksAndAllPicturesBehind(SparkSession session) throws IOException {
    TrainResult result = Trainings.train(Trainings.vaeGan(folder));

    assertThat(result.losses())
        .containsOnlyKeys(
            "reconstruction",
            "similarity",
            "kl",
            "discriminator",
            "generator",
            "discriminatorOnReal",
            "discriminatorOnFake",
            "discriminatorLearned",
            "decoderHeeded",
            "heldOut.reconstruction",
            "heldOut.kl");
    assertThat(result.losses().get("discriminatorLearned")).isBetween(0.0, 1.0);
    for (String name : new String[] {"samples", "reconstructions", "interpolations"}) {
      assertThat(picture(result, name + "/final.png")).isNotNull();
    }
    for (String net : new String[] {"encoder", "decoder", "discriminator"}) {
      assertThat(Path.of(result.output(), "artifacts", net + ".zip")).isNotEmptyFile();
    }
    assertThat(description(result))
        .contains("[N,8]: 4 latent means, then 4 log variances")
        .contains("[N,4] latent vectors")
        .contains("[N,1] raw score, higher for real examples");
  }

  @Test
  void aConditionalGanDrawsAColumnPerClassAndSaysWhatItsNetworksRead(SparkSession session)
      throws IOException {
    for (String training : new String[] {"two-stage", "one-stage"}) {
      TrainResult result =
          Trainings.train(
              Trainings.gan(
                  folder,
                  Trainings.labelled(
                      folder,
                      "model.classes=3",
                      "model.training=" + training,
                      "output.samples=21",
                      "output.path=" + folder.resolve(training))));

      BufferedImage grid = picture(result, "samples/final.png");
      // Three pictures side by side, and seven rows.
      assertThat(grid.getHeight()).isGreaterThan(2 * grid.getWidth());
      assertThat(description(result))
          .contains("[N,7]: 4 numbers, standard normal, then the class as 3 numbers")
          .contains("[N,4]: the raw score of an example of class y");
    }
  }

  private static String description(TrainResult result) {
    return Storage.open().readText(result.output() + "/artifacts/model.json");
  }

  private static BufferedImage picture(TrainResult result, String name) throws IOException {
    return ImageIO.read(Path.of(result.output(), name).toFile());
  }
}
