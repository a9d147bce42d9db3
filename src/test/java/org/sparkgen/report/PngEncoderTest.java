package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgen.config.ImageShape;

/** Files that the JDK's reader gives the same pixels back of. */
class PngEncoderTest {
  private static final int COUNT = 3;

  /** Half of it noise, which can't be compressed, and half of it plain. */
  private static Pictures pictures(ImageShape shape) {
    byte[] pixels = new byte[COUNT * shape.size()];
    new Random(shape.size()).nextBytes(pixels);
    for (int i = 0; i < pixels.length / 2; i++) {
      pixels[i] = (byte) 200;
    }
    return Pictures.of(shape, pixels);
  }

  private static BufferedImage read(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 28, 28",
    "3, 32, 32",
    "4, 5, 7",
    "1, 1, 1",
    "3, 1, 9",
    "3, 13, 1",
    "1, 7, 300",
    "3, 257, 211"
  })
  void readersSeeThePixels(int channels, int height, int width) throws IOException {
    ImageShape shape = new ImageShape(channels, height, width);
    Pictures pictures = pictures(shape);
    for (Png.Effort effort : Png.Effort.values()) {
      for (int picture = 0; picture < COUNT; picture++) {
        BufferedImage image = read(Png.encode(pictures, picture, effort).bytes());
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
        int[] found = image.getRaster().getPixels(0, 0, width, height, (int[]) null);
        for (int i = 0; i < found.length; i++) {
          int channel = i % channels;
          assertThat(found[i])
              .isEqualTo(pictures.value(picture, channel * height * width + i / channels));
        }
      }
    }
  }

  @Test
  void isNoLargerThanTheFileOfTheJdk() {
    Pictures pictures = pictures(new ImageShape(3, 32, 32));
    for (int picture = 0; picture < COUNT; picture++) {
      assertThat(Png.encode(pictures, picture, Png.Effort.SMALL).bytes())
          .hasSizeLessThanOrEqualTo(Png.encode(ImageGrid.image(pictures, picture)).bytes().length);
    }
  }

  @Test
  void equalPicturesHaveEqualBytesInEveryThread() {
    Pictures pictures = pictures(new ImageShape(1, 28, 28));
    byte[] first = Png.encode(pictures, 1, Png.Effort.FAST).bytes();
    byte[] between = Png.encode(pictures, 2, Png.Effort.SMALL).bytes();

    assertThat(between).isNotEqualTo(first);
    assertThat(Png.encode(pictures, 1, Png.Effort.FAST).bytes()).isEqualTo(first);
    assertThat(
            CompletableFuture.supplyAsync(() -> Png.encode(pictures, 1, Png.Effort.FAST).bytes())
                .join())
        .isEqualTo(first);
  }
}
