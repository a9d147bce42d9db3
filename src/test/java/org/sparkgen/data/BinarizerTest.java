package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinarizerTest {
  private static final int EXAMPLES = 20_000;

  private static byte[] draw(long seed, long example, byte[] grey) {
    byte[] drawn = new byte[grey.length];
    new Binarizer(seed).draw(example, grey, 0, drawn);
    return drawn;
  }

  private static byte[] filled(int size, int value) {
    byte[] pixels = new byte[size];
    Arrays.fill(pixels, (byte) value);
    return pixels;
  }

  /** Seven pixels: four together, and three more. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 127, 128, 200, 254, 255})
  void everyPlaceIsWhiteAsOftenAsItIsLight(int value) {
    int[] white = new int[7];
    for (int example = 0; example < EXAMPLES; example++) {
      byte[] drawn = draw(3, example, filled(7, value));
      for (int i = 0; i < 7; i++) {
        assertThat(drawn[i]).isIn((byte) 0, (byte) 255);
        white[i] += drawn[i] == 0 ? 0 : 1;
      }
    }

    double share = value / 255.0;
    double error = Math.sqrt(share * (1 - share) / EXAMPLES);
    for (int count : white) {
      assertThat((double) count / EXAMPLES).isEqualTo(share, within(4.5 * error));
    }
  }

  /** Of two pixels of one chance, both are white as often as independent ones are. */
  @Test
  void placesAndExamplesAreIndependent() {
    int[][] together = new int[8][8];
    int successive = 0;
    byte last = 0;
    for (int example = 0; example < EXAMPLES; example++) {
      byte[] drawn = draw(3, example, filled(8, 102));
      for (int i = 0; i < 8; i++) {
        for (int j = 0; j < i; j++) {
          together[i][j] += drawn[i] != 0 && drawn[j] != 0 ? 1 : 0;
        }
      }
      successive += drawn[0] != 0 && last != 0 ? 1 : 0;
      last = drawn[0];
    }

    double error = Math.sqrt(0.16 * 0.84 / EXAMPLES);
    for (int i = 0; i < 8; i++) {
      for (int j = 0; j < i; j++) {
        assertThat((double) together[i][j] / EXAMPLES).isEqualTo(0.16, within(4.5 * error));
      }
    }
    assertThat((double) successive / EXAMPLES).isEqualTo(0.16, within(4.5 * error));
  }

  @Test
  void seedExampleAndPlaceDecideADraw() {
    byte[] grey = filled(99, 128);
    byte[] first = draw(1, 5, grey);

    assertThat(draw(1, 5, grey)).isEqualTo(first);
    assertThat(draw(2, 5, grey)).isNotEqualTo(first);
    assertThat(draw(1, 6, grey)).isNotEqualTo(first);
    assertThat(grey).containsOnly((byte) 128);
    // What other pixels are does not matter.
    byte[] others = grey.clone();
    Arrays.fill(others, 0, 40, (byte) 255);
    assertThat(Arrays.copyOfRange(draw(1, 5, others), 40, 99))
        .isEqualTo(Arrays.copyOfRange(first, 40, 99));
  }

  @Test
  void readsPixelsFromTheirPlace() {
    byte[] two = new byte[14];
    Arrays.fill(two, 7, 14, (byte) 255);
    byte[] drawn = new byte[7];
    new Binarizer(1).draw(0, two, 7, drawn);

    assertThat(drawn).containsOnly((byte) 255);
  }
}
