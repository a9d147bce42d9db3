package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.report.Png;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

class ModelPicturesTest {
  private static final int SIDE = 8;
  private static final int GREY = 100;

  private static String configuration(String binarize) {
    return """
    run { name = pictures, seed = 5 }
    data { path = images.gz, format = idx, image { height = 8, width = 8 }, binarize = %s }
    model { family = vae, latent = 3, hidden = [8] }
    training { epochs = 1, batchSize = 1 }
    output.path = out
    """
        .formatted(binarize);
  }

  private static ExampleBlock grey(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    long[] ids = new long[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = GREY;
      ids[i / SIDE / SIDE] = i / SIDE / SIDE;
    }
    return ExampleBlock.ofImages(pixels, new int[count], ids);
  }

  /** An encoder that has only seen black and white would be shown what it does not know. */
  @ParameterizedTest
  @CsvSource({"dynamic, '0, 255'", "none, '100'"})
  void originalsAreWhatTheModelSees(String binarize, String expected) throws IOException {
    String configuration = configuration(binarize);
    RunConfig config = RunModels.parse(configuration);
    Snapshot snapshot = ModelState.snapshot(RunModels.fresh(config));

    Png png =
        new ModelPictures(config, configuration).reconstructions(snapshot, grey(2)).orElseThrow();

    assertThat(values(upperHalf(png))).hasToString("[" + expected + "]");
  }

  /** The first original, without the margins around it. */
  private static BufferedImage upperHalf(Png png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.bytes()));
    return image.getSubimage(
        image.getWidth() / 16, image.getHeight() / 16, image.getWidth() / 4, image.getHeight() / 4);
  }

  private static Set<Integer> values(BufferedImage image) {
    Set<Integer> values = new TreeSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        values.add(image.getRaster().getSample(x, y, 0));
      }
    }
    return values;
  }
}
