package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IdxImagesTest {
  private static final int HEADER = 16;

  @Test
  void noiseIsAFileOfItsSizeAndItsSeed() {
    byte[] file = IdxImages.noise(1, 5, 3, 2);

    assertThat(HexFormat.of().formatHex(file, 0, HEADER))
        .isEqualTo("00000803" + "00000005" + "00000003" + "00000002");
    assertThat(file).hasSize(HEADER + 5 * 3 * 2).isEqualTo(IdxImages.noise(1, 5, 3, 2));
    assertThat(file).isNotEqualTo(IdxImages.noise(2, 5, 3, 2));
  }

  @Test
  void noiseHasAllBytes() {
    byte[] file = IdxImages.noise(0, 100, 28, 28);
    int[] counts = new int[256];
    for (int i = HEADER; i < file.length; i++) {
      counts[file[i] & 0xFF]++;
    }
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(200);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(420);
  }

  @Test
  void theFirstImagesAreThoseOfTheFile() throws Exception {
    byte[] all = IdxImages.noise(1, 5, 3, 2);

    byte[] two = IdxImages.first(all, 2);

    assertThat(HexFormat.of().formatHex(two, 0, HEADER))
        .isEqualTo("00000803" + "00000002" + "00000003" + "00000002");
    assertThat(Arrays.copyOfRange(two, HEADER, two.length))
        .isEqualTo(Arrays.copyOfRange(all, HEADER, HEADER + 2 * 3 * 2));
    assertThat(IdxImages.first(gzip(all), 2)).isEqualTo(two);
    assertThat(IdxImages.first(all, 9)).isEqualTo(all);
  }

  @Test
  void aFileThatIsNoneIsRefused() {
    byte[] short2 = Arrays.copyOf(IdxImages.noise(1, 5, 3, 2), HEADER + 3);
    assertThatThrownBy(() -> IdxImages.first(short2, 2))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessageContaining("ends early");
    assertThatThrownBy(() -> IdxImages.first(new byte[100], 2))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessageContaining("begins with 0x00000000");
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
