package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.report.Png;
import org.sparkgen.report.Traversals;
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

  @Test
  void whatCannotEncodeIsGivenNoExamples() {
    String configuration = configuration("none").replace("vae", "gan");
    RunConfig config = RunModels.parse(configuration);
    Snapshot snapshot = ModelState.snapshot(RunModels.fresh(config));

    assertThat(
            new ModelPictures(config, configuration)
                .codes(
                    snapshot,
                    () -> {
                      throw new AssertionError("examples were fetched");
                    }))
        .isEmpty();
  }

  /** The rows that do most come first, with how much they do. */
  @Test
  void traversalsGoThroughEveryDimension() throws IOException {
    String configuration = configuration("none");
    RunConfig config = RunModels.parse(configuration);
    Snapshot snapshot = ModelState.snapshot(RunModels.fresh(config));
    ModelPictures pictures = new ModelPictures(config, configuration);
    ExampleBlock examples = noise(40);

    LatentCodes codes = pictures.codes(snapshot, () -> examples).orElseThrow();
    Traversals ofCodes = pictures.traversals(snapshot, Optional.of(codes)).orElseThrow();
    Traversals ofSamples = pictures.traversals(snapshot, Optional.empty()).orElseThrow();

    assertThat(codes.count()).isEqualTo(40);
    assertThat(codes.variances()).hasSize(3);
    for (Traversals traversals : List.of(ofCodes, ofSamples)) {
      assertThat(traversals.grid().columns())
          .containsExactly("-3", "-2", "-1", "0", "+1", "+2", "+3");
      List<String> names = traversals.grid().rows();
      assertThat(names.stream().map(name -> name.substring(0, name.indexOf(' '))))
          .containsExactlyInAnyOrder("z1", "z2", "z3");
      assertThat(
              names.stream()
                  .map(name -> -Double.parseDouble(name.substring(name.indexOf(' ')).strip())))
          .isSorted();
      BufferedImage image =
          ImageIO.read(new ByteArrayInputStream(traversals.grid().picture().bytes()));
      assertThat(image.getWidth()).isEqualTo(7 * (7 * SIDE + 2) + 2);
    }
    assertThat(ofCodes.caption()).contains("of the prior", "over 40 examples");
    assertThat(ofSamples.caption()).contains("grey values of 255");
  }

  private static ExampleBlock noise(int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    new Random(11).nextBytes(pixels);
    return ExampleBlock.ofImages(pixels, new int[count], new long[count]);
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
