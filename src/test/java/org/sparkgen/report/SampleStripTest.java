package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageShape;

class SampleStripTest {
  private static final ImageShape SHAPE = new ImageShape(3, 28, 28);

  private static GridPicture grid(int round, int value) {
    byte[] pixels = new byte[9 * SHAPE.size()];
    Arrays.fill(pixels, 0, 3 * SHAPE.size(), (byte) value);
    return new GridPicture(round, ImageGrid.square(Pictures.of(SHAPE, pixels)));
  }

  @Test
  void aRowIsTheTopRowOfARound() {
    LabelledGrid strip =
        SampleStrip.of(List.of(grid(1, 40), grid(20, 90), grid(1300, 200)), SHAPE).orElseThrow();

    assertThat(strip.rows()).containsExactly("round 1", "round 20", "round 1,300");
    BufferedImage image = strip.picture().read().orElseThrow();
    assertThat(image.getHeight()).isEqualTo(3 * 58);
    assertThat(image.getWidth()).isEqualTo(3 * 58 + 2);
    int[] expected = {40, 90, 200};
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        int pixel = image.getRGB(30 + 58 * column, 30 + 58 * row) & 0xff;
        assertThat(pixel).isEqualTo(expected[row]);
      }
    }
  }

  @Test
  void oneRoundMakesNoStripAndWhatCannotBeReadIsLeftOut() {
    GridPicture sound = grid(1, 40);
    byte[] cut = Arrays.copyOf(Arrays.copyOf(sound.picture().bytes(), 60), 500);

    assertThat(SampleStrip.of(List.of(sound), SHAPE)).isEmpty();
    assertThat(SampleStrip.of(List.of(sound, new GridPicture(2, Png.of(cut))), SHAPE)).isEmpty();
  }
}
