package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageShape;

class ImageGridTest {
  private static final ImageShape GREY = new ImageShape(1, 2, 3);
  private static final int GAP_GREY = 0x38;

  @Test
  void placesPicturesInRowsWithGaps() throws IOException {
    BufferedImage image = read(ImageGrid.grid(greyLevels(10, 20, 30), 2, 1));

    assertThat(image.getWidth()).isEqualTo(2 * 3 + 3 * 2);
    assertThat(image.getHeight()).isEqualTo(2 * 2 + 3 * 2);
    assertThat(grey(image, 2, 2)).isEqualTo(10);
    assertThat(grey(image, 4, 3)).isEqualTo(10);
    assertThat(grey(image, 5, 2)).isEqualTo(GAP_GREY);
    assertThat(grey(image, 7, 2)).isEqualTo(20);
    assertThat(grey(image, 2, 6)).isEqualTo(30);
    assertThat(grey(image, 7, 6)).as("no fourth picture").isEqualTo(GAP_GREY);
  }

  @Test
  void drawsEachPixelAsASquare() throws IOException {
    byte[] pixels = {0, 50, 100, (byte) 150, (byte) 200, (byte) 255};
    BufferedImage image = read(ImageGrid.grid(Pictures.of(GREY, pixels), 1, 3));

    assertThat(grey(image, 2, 2)).isZero();
    assertThat(grey(image, 4, 4)).isZero();
    assertThat(grey(image, 5, 4)).isEqualTo(50);
    assertThat(grey(image, 2, 5)).isEqualTo(150);
    assertThat(grey(image, 10, 7)).isEqualTo(255);
  }

  @Test
  void keepsTheOrderOfColourChannels() throws IOException {
    ImageShape rgb = new ImageShape(3, 1, 1);
    BufferedImage image = read(ImageGrid.grid(Pictures.of(rgb, new byte[] {1, 2, 3}), 1, 1));

    assertThat(image.getRGB(2, 2)).isEqualTo(0xff010203);
  }

  @Test
  void keepsTransparency() throws IOException {
    ImageShape rgba = new ImageShape(4, 1, 1);
    BufferedImage image = read(ImageGrid.grid(Pictures.of(rgba, new byte[] {9, 8, 7, 6}), 1, 1));

    assertThat(image.getRGB(2, 2)).isEqualTo(0x06090807);
    assertThat(image.getRGB(0, 0)).isEqualTo(0xff383838);
  }

  @Test
  void putsReconstructionsBelowTheirOriginals() throws IOException {
    BufferedImage image =
        read(ImageGrid.pairs(greyLevels(10, 20, 30), greyLevels(11, 21, 31), 2, 1));

    assertThat(grey(image, 2, 2)).isEqualTo(10);
    assertThat(grey(image, 2, 6)).isEqualTo(11);
    assertThat(grey(image, 7, 2)).isEqualTo(20);
    assertThat(grey(image, 7, 6)).isEqualTo(21);
    int secondRow = 2 + 2 + 2 + 2 + 10;
    assertThat(grey(image, 2, secondRow)).isEqualTo(30);
    assertThat(grey(image, 2, secondRow + 4)).isEqualTo(31);
    assertThat(image.getHeight()).isEqualTo(secondRow + 4 + 2 + 2);
  }

  @Test
  void separatesRowsMoreThanPicturesInARow() throws IOException {
    BufferedImage image = read(ImageGrid.rows(greyLevels(10, 20, 30, 40), 2, 1));

    assertThat(grey(image, 7, 2)).isEqualTo(20);
    assertThat(grey(image, 2, 2 + 2 + 10)).isEqualTo(30);
    assertThat(image.getHeight()).isEqualTo(2 + 2 + 10 + 2 + 2);
  }

  @Test
  void equalPicturesHaveEqualBytes() {
    assertThat(ImageGrid.square(greyLevels(1, 2, 3)).bytes())
        .isEqualTo(ImageGrid.square(greyLevels(1, 2, 3)).bytes())
        .isNotEqualTo(ImageGrid.square(greyLevels(1, 2, 4)).bytes());
  }

  @Test
  void choosesAReadableScaleAndASquare() {
    assertThat(ImageGrid.readableScale(new ImageShape(1, 28, 28))).isEqualTo(2);
    assertThat(ImageGrid.readableScale(new ImageShape(3, 32, 32))).isEqualTo(2);
    assertThat(ImageGrid.readableScale(new ImageShape(3, 256, 128))).isEqualTo(1);
    assertThat(ImageGrid.squareColumns(64)).isEqualTo(8);
    assertThat(ImageGrid.squareColumns(65)).isEqualTo(9);
    assertThat(ImageGrid.squareColumns(0)).isEqualTo(1);
  }

  @Test
  void knowsItsSize() {
    Png png = Png.of(ImageGrid.grid(greyLevels(1, 2), 2, 1).bytes());

    assertThat(png.width()).isEqualTo(12);
    assertThat(png.height()).isEqualTo(6);
    assertThatThrownBy(() -> Png.of(new byte[30]))
        .hasMessage("not a PNG file: its 30 bytes do not begin with the PNG signature");
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertThatThrownBy(() -> ImageGrid.grid(greyLevels(), 1, 1))
        .hasMessage(
            "a grid needs at least one picture, one column and scale 1, but has 0, 1 and 1");
    assertThatThrownBy(() -> ImageGrid.pairs(greyLevels(1), greyLevels(1, 2), 1, 1))
        .hasMessageContaining("above 1 of ")
        .hasMessageContaining("below 2 of ");
    assertThatThrownBy(() -> Pictures.of(GREY, new byte[7]))
        .hasMessage("7 bytes are not a whole number of pictures of 6");
    assertThatThrownBy(() -> Pictures.of(new ImageShape(2, 1, 1), new byte[2]))
        .hasMessageStartingWith("pictures have 1, 3 or 4 channels, but the shape is ");
  }

  /** One even picture of 2 rows and 3 columns per level. */
  private static Pictures greyLevels(int... levels) {
    byte[] pixels = new byte[levels.length * GREY.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) levels[i / GREY.size()];
    }
    return Pictures.of(GREY, pixels);
  }

  private static int grey(BufferedImage image, int x, int y) {
    return image.getRaster().getSample(x, y, 0);
  }

  private static BufferedImage read(Png png) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(png.bytes()));
  }
}
