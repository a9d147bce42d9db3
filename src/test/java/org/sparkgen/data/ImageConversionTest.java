package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.config.ImageConfig.Fit;

class ImageConversionTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length];
    Arrays.setAll(values, i -> bytes[i] & 0xFF);
    return values;
  }

  /** A grey picture of the given rows, converted to grey. */
  private static int[] grey(Fit fit, int height, int width, int[]... rows) {
    byte[] pixels = bytes(Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray());
    ImageConversion conversion = new ImageConversion(new ImageConfig(height, width, 1, fit));
    return ints(conversion.ofPlanes(pixels, 1, rows.length, rows[0].length));
  }

  private static int[] row(int... values) {
    return values;
  }

  @Test
  void copiesWhatHasTheConfiguredShape() {
    byte[] pixels = bytes(0, 1, 2, 253, 254, 255);
    ImageConversion conversion = new ImageConversion(new ImageConfig(2, 3, 1, Fit.CROP));

    byte[] converted = conversion.ofPlanes(pixels, 1, 2, 3);

    assertThat(converted).isEqualTo(pixels).isNotSameAs(pixels);
  }

  @Test
  void averagesAreasWhenShrinking() {
    assertThat(grey(Fit.STRETCH, 1, 2, row(0, 100, 20, 40), row(100, 200, 60, 80)))
        .containsExactly(100, 50);
  }

  /** Two target pixels of 1.5 source pixels each. */
  @Test
  void sharesPixelsThatLieOnABorder() {
    assertThat(grey(Fit.STRETCH, 1, 2, row(30, 90, 210))).containsExactly(50, 170);
  }

  @Test
  void interpolatesWhenGrowing() {
    assertThat(grey(Fit.STRETCH, 1, 4, row(0, 100))).containsExactly(0, 25, 75, 100);
    assertThat(grey(Fit.STRETCH, 4, 1, row(0), row(100))).containsExactly(0, 25, 75, 100);
  }

  @Test
  void shrinksOneAxisWhileTheOtherGrows() {
    assertThat(grey(Fit.STRETCH, 2, 1, row(10, 30))).containsExactly(20, 20);
  }

  @Test
  void cutsTheCentreOut() {
    assertThat(grey(Fit.CROP, 1, 2, row(1, 2, 3, 4))).containsExactly(2, 3);
    assertThat(grey(Fit.CROP, 2, 1, row(1), row(2), row(3), row(4))).containsExactly(2, 3);
  }

  /** At the same scale, no pixel is blurred: of an odd rest, the larger part goes at the end. */
  @Test
  void cutsAtWholePixels() {
    assertThat(grey(Fit.CROP, 1, 2, row(10, 20, 30, 40, 50))).containsExactly(20, 30);
  }

  @Test
  void scalesBeforeItCuts() {
    assertThat(grey(Fit.CROP, 1, 1, row(9, 9, 0, 100, 9, 9), row(9, 9, 100, 200, 9, 9)))
        .containsExactly(100);
  }

  @Test
  void padsWithBlack() {
    assertThat(grey(Fit.PAD, 2, 4, row(10, 20), row(30, 40)))
        .containsExactly(0, 10, 20, 0, 0, 30, 40, 0);
    assertThat(grey(Fit.PAD, 4, 2, row(10, 20), row(30, 40)))
        .containsExactly(0, 0, 10, 20, 30, 40, 0, 0);
  }

  @Test
  void padsWithTransparentBlackWhereThereIsAlpha() {
    ImageConversion conversion = new ImageConversion(new ImageConfig(1, 3, 4, Fit.PAD));

    assertThat(ints(conversion.ofPlanes(bytes(10, 20, 30), 3, 1, 1)))
        .containsExactly(0, 10, 0, 0, 20, 0, 0, 30, 0, 0, 255, 0);
  }

  @Test
  void keepsAtLeastALineOfAnExtremelyThinPicture() {
    int[] line = new int[1000];
    Arrays.fill(line, 200);

    assertThat(grey(Fit.PAD, 3, 2, line)).containsExactly(0, 0, 200, 200, 0, 0);
  }

  /** Rec. 601: 0.299 R + 0.587 G + 0.114 B. */
  @Test
  void takesTheLumaOfColours() {
    ImageConversion conversion = new ImageConversion(new ImageConfig(1, 4, 1, Fit.STRETCH));
    byte[] pixels = bytes(255, 0, 0, 77, 0, 255, 0, 77, 0, 0, 255, 77);

    assertThat(ints(conversion.ofPlanes(pixels, 3, 1, 4))).containsExactly(76, 150, 29, 77);
  }

  @Test
  void repeatsGreyInAllColours() {
    ImageConversion conversion = new ImageConversion(new ImageConfig(1, 2, 4, Fit.STRETCH));

    assertThat(ints(conversion.ofPlanes(bytes(7, 9), 1, 1, 2)))
        .containsExactly(7, 9, 7, 9, 7, 9, 255, 255);
  }

  /** A transparent pixel has no colour to give to its neighbours. */
  @Test
  void weighsColoursByAlphaWhenResizing() {
    ImageConversion conversion = new ImageConversion(new ImageConfig(1, 1, 4, Fit.STRETCH));
    byte[] pixels = bytes(200, 0, 100, 255, 50, 255, 255, 0);

    assertThat(ints(conversion.ofPlanes(pixels, 4, 1, 2))).containsExactly(200, 100, 50, 128);
  }

  @Test
  void keepsAConstantPictureConstantAtEverySize() {
    for (int side = 1; side < 40; side++) {
      int[][] rows = new int[side][7];
      Arrays.stream(rows).forEach(r -> Arrays.fill(r, 255));
      for (Fit fit : new Fit[] {Fit.CROP, Fit.STRETCH}) {
        assertThat(grey(fit, 13, 11, rows)).as("%d rows, %s", side, fit).containsOnly(255);
      }
    }
  }
}
