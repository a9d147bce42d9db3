package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ImageConfig;

class ImageDecoderTest {
  private static final int RED_PIXEL = 0xFFFF0000;

  private static ImageConversion to(int channels, int height, int width) {
    return new ImageConversion(new ImageConfig(height, width, channels, ImageConfig.Fit.STRETCH));
  }

  private static int[] decoded(byte[] file, ImageConversion conversion)
      throws UnreadableExampleException {
    byte[] pixels = ImageDecoder.decode(file, conversion);
    int[] values = new int[pixels.length];
    Arrays.setAll(values, i -> pixels[i] & 0xFF);
    return values;
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> ImageDecoder.decode(file, to(1, 8, 8)))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void readsLosslessFormatsExactly(String format) throws UnreadableExampleException {
    byte[] file = Pictures.file(Pictures.plain(3, 2, 0x0A141E), format);

    assertThat(decoded(file, to(3, 2, 3)))
        .containsExactly(10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 30, 30, 30, 30, 30, 30);
  }

  @Test
  void readsBaselineAndProgressiveJpegAlike() throws UnreadableExampleException {
    BufferedImage image = Pictures.gradient(40, 30);

    int[] baseline = decoded(Pictures.file(image, "jpeg"), to(3, 30, 40));

    assertThat(decoded(Pictures.progressiveJpeg(image), to(3, 30, 40))).isEqualTo(baseline);
    assertThat(baseline[3 * 40 + 20]).isBetween(85, 145);
  }

  @Test
  void keepsGreySamplesAsTheyAreStored() throws UnreadableExampleException {
    BufferedImage image = Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 2, 0, 100, 128, 255);

    assertThat(decoded(Pictures.file(image, "png"), to(1, 2, 2))).containsExactly(0, 100, 128, 255);
    assertThat(decoded(Pictures.file(image, "png"), to(3, 2, 2)))
        .containsExactly(0, 100, 128, 255, 0, 100, 128, 255, 0, 100, 128, 255);
  }

  @Test
  void roundsSixteenBitsToEight() throws UnreadableExampleException {
    BufferedImage grey =
        Pictures.grey(BufferedImage.TYPE_USHORT_GRAY, 2, 0, 65_535, 100 * 257, 100 * 257 + 129);
    BufferedImage colour = Pictures.rgb16(1, 257 * 7, 257 * 8 + 100, 257 * 9 - 100);

    assertThat(decoded(Pictures.file(grey, "png"), to(1, 2, 2))).containsExactly(0, 255, 100, 101);
    assertThat(decoded(Pictures.file(colour, "png"), to(3, 1, 1))).containsExactly(7, 8, 9);
  }

  @Test
  void readsPalettesWithTransparency() throws UnreadableExampleException {
    byte[] file = Pictures.file(Pictures.palette(2, 0, 1, 2, 3), "png");

    assertThat(decoded(file, to(4, 2, 2)))
        .containsExactly(255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 255, 255, 255, 0);
  }

  @Test
  void readsBlackAndWhite() throws UnreadableExampleException {
    BufferedImage image = Pictures.grey(BufferedImage.TYPE_BYTE_BINARY, 2, 0, 1, 1, 0);

    assertThat(decoded(Pictures.file(image, "png"), to(1, 2, 2))).containsExactly(0, 255, 255, 0);
  }

  @Test
  void compositesAlphaOnBlackUnlessItIsAskedFor() throws UnreadableExampleException {
    byte[] file = Pictures.file(Pictures.argb(2, 0x80FF6432, 0x00FFFFFF), "png");

    assertThat(decoded(file, to(3, 1, 2))).containsExactly(128, 0, 50, 0, 25, 0);
    assertThat(decoded(file, to(4, 1, 2))).containsExactly(255, 0, 100, 0, 50, 0, 128, 0);
  }

  @Test
  void takesTheFirstFrameOfAnAnimation() throws UnreadableExampleException {
    byte[] file = Pictures.animatedGif(Pictures.plain(2, 2, 0xFF0000), Pictures.plain(2, 2, 0xFF));

    assertThat(decoded(file, to(3, 1, 1))).containsExactly(255, 0, 0);
  }

  /** As Adobe's programs write them: inverted, 255 is no ink. */
  @Test
  void convertsCmykToRgb() throws UnreadableExampleException {
    assertThat(decoded(Pictures.cmykJpeg(255, 255, 255, 255), to(3, 1, 1)))
        .containsExactly(255, 255, 255);
    assertThat(decoded(Pictures.cmykJpeg(255, 0, 0, 255), to(3, 1, 1))).containsExactly(255, 0, 0);
    assertThat(decoded(Pictures.cmykJpeg(255, 255, 255, 0), to(3, 1, 1))).containsExactly(0, 0, 0);
  }

  /** Inverted inks once more turned into luma and chroma: cyan stands for red. */
  @Test
  void convertsYcckToRgb() throws UnreadableExampleException {
    assertThat(decoded(Pictures.ycckJpeg(178, 171, 1, 255), to(3, 1, 1)))
        .containsExactly(255, 1, 1);
    assertThat(decoded(Pictures.ycckJpeg(178, 171, 1, 128), to(3, 1, 1)))
        .containsExactly(128, 1, 1);
  }

  /** The stored picture is 16 high and 24 wide, its top left quarter white. */
  @ParameterizedTest
  @CsvSource({
    "1, 255, 0, 0, 0",
    "2, 0, 255, 0, 0",
    "3, 0, 0, 0, 255",
    "4, 0, 0, 255, 0",
    "5, 255, 0, 0, 0",
    "6, 0, 255, 0, 0",
    "7, 0, 0, 0, 255",
    "8, 0, 0, 255, 0",
    "9, 255, 0, 0, 0"
  })
  void turnsJpegAsItsOrientationSays(
      int orientation, int topLeft, int topRight, int bottomLeft, int bottomRight)
      throws UnreadableExampleException {
    BufferedImage image = Pictures.plain(32, 16, 0);
    image.setRGB(
        0, 0, 16, 8, Pictures.plain(16, 8, 0xFFFFFF).getRGB(0, 0, 16, 8, null, 0, 16), 0, 16);
    byte[] jpeg = Pictures.file(image, "jpeg");

    int[] expected = {topLeft, topRight, bottomLeft, bottomRight};
    assertThat(decoded(Pictures.withOrientation(jpeg, orientation, true), to(1, 2, 2)))
        .isEqualTo(expected);
    assertThat(decoded(Pictures.withOrientation(jpeg, orientation, false), to(1, 2, 2)))
        .isEqualTo(expected);
  }

  /** One white pixel of a 3 x 2 block picture, to tell transposition from rotation. */
  @Test
  void turnsByANinetyDegreesWithoutMirroring() throws UnreadableExampleException {
    BufferedImage image = Pictures.plain(24, 16, 0);
    image.setRGB(8, 0, 8, 8, Pictures.plain(8, 8, 0xFFFFFF).getRGB(0, 0, 8, 8, null, 0, 8), 0, 8);
    byte[] jpeg = Pictures.file(image, "jpeg");

    assertThat(decoded(Pictures.withOrientation(jpeg, 6, true), to(1, 3, 2)))
        .containsExactly(0, 0, 0, 255, 0, 0);
    assertThat(decoded(Pictures.withOrientation(jpeg, 8, true), to(1, 3, 2)))
        .containsExactly(0, 0, 255, 0, 0, 0);
  }

  @Test
  void ignoresAnOrientationThatCannotBeRead() throws UnreadableExampleException {
    byte[] jpeg = Pictures.file(Pictures.plain(8, 8, 0xFFFFFF), "jpeg");
    byte[] damaged = Pictures.withOrientation(jpeg, 6, true);
    damaged[2 + 4 + 6 + 4] = 0x7F;

    assertThat(decoded(damaged, to(1, 1, 1))).containsExactly(255);
  }

  @Test
  void checksDimensionsBeforeDecoding() {
    assertRefused(
        Pictures.pngHeader(100_000, 100_000),
        "its header promises 100,000 x 100,000 pixels; at most 64,000,000 pixels");
    assertRefused(Pictures.pngHeader(65_536, 1), "65,535 a side");
    byte[] jpeg = Pictures.file(Pictures.plain(8, 8, 0), "jpeg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0");
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFF);
    assertRefused(jpeg, "65,535 x 65,535 pixels; at most");
    byte[] gif = Pictures.file(Pictures.plain(8, 8, 0), "gif");
    int descriptor = new String(gif, StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0", 13);
    Arrays.fill(gif, descriptor + 5, descriptor + 9, (byte) 0xFF);
    assertRefused(gif, "65,535 x 65,535 pixels; at most");
    byte[] bmp = Pictures.file(Pictures.plain(8, 8, 0), "bmp");
    bmp[20] = 0x10;
    bmp[24] = 0x10;
    assertRefused(bmp, "damaged BMP: Invalid width/height");
  }

  /** A few bytes once took 244 MiB before their lack was noticed. */
  @Test
  void takesNoMemoryForPixelsThatAreNotThere() {
    byte[] file = Pictures.pngOfData(8000, 8000, 8, 6, new byte[1000]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);

    assertRefused(file, "promises 8,000 x 8,000 pixels, more than its bytes can hold");

    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(4L << 20);
  }

  @Test
  void limitsTheMemoryOfAPictureByItsKindOfPixels() {
    byte[] file = Pictures.pngOfData(8000, 8000, 16, 6, new byte[1_000_000]);

    assertRefused(file, "8,000 x 8,000 pixels of 64 bits, 488 MiB; at most 256 MiB are decoded");
  }

  @Test
  void refusesWhatIsNoPicture() {
    assertRefused(new byte[0], "the file is empty");
    assertRefused("hello".getBytes(StandardCharsets.UTF_8), "not a PNG, JPEG, GIF or BMP file");
    assertRefused(new byte[] {'B', 'M'}, "damaged BMP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void refusesAFileThatIsCutAnywhere(String format) {
    byte[] file = Pictures.file(Pictures.gradient(40, 30), format);

    for (int tenth = 1; tenth < 10; tenth++) {
      byte[] cut = Arrays.copyOf(file, file.length * tenth / 10);
      assertThatThrownBy(() -> ImageDecoder.decode(cut, to(1, 8, 8)))
          .as("%s cut at %d tenths", format, tenth)
          .isInstanceOf(UnreadableExampleException.class)
          .hasMessageStartingWith("damaged " + format.toUpperCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void refusesAJpegWithoutItsEndMarker() {
    byte[] file = Pictures.file(Pictures.gradient(40, 30), "jpeg");

    assertRefused(Arrays.copyOf(file, file.length - 2), "damaged JPEG");
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] file = Pictures.file(Pictures.gradient(40, 30), "png");
    file[file.length - 30] ^= 1;

    assertRefused(file, "damaged PNG: wrong checksum of the IDAT chunk at byte 33");
  }

  @Test
  void refusesABmpAroundAnotherPicture() {
    byte[] file = Pictures.file(Pictures.plain(2, 2, RED_PIXEL), "bmp");
    file[30] = 5;

    assertRefused(file, "a BMP file around a JPEG or PNG is not supported");
  }

  /** Only the declared exception escapes, whatever the bytes are. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void survivesEveryFlippedByte(String format) {
    byte[] file = Pictures.file(Pictures.gradient(12, 9), format);
    int refused = 0;
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) (1 + (SplitMix64.mix(at) & 0x7F));
      try {
        assertThat(ImageDecoder.decode(damaged, to(1, 8, 8))).hasSize(64);
      } catch (UnreadableExampleException e) {
        assertThat(e).hasMessageNotContaining("null");
        refused++;
      }
    }

    assertThat(refused).isPositive();
  }
}
