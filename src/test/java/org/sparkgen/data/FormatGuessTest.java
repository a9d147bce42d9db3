package org.sparkgen.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.DataFormat;

class FormatGuessTest {
  private static Optional<DataFormat> guess(byte[] file) {
    return FormatGuess.of(Arrays.copyOf(file, Math.min(file.length, FormatGuess.LENGTH)));
  }

  private static Optional<DataFormat> guess(String text) {
    return guess(text.getBytes(ISO_8859_1));
  }

  @Test
  void picturesBelongIntoFolders() {
    for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
      assertThat(guess(Pictures.file(Pictures.gradient(8, 8), format)))
          .as(format)
          .contains(DataFormat.FOLDER);
    }
  }

  @Test
  void containersAreKnownByTheirFirstBytes() {
    assertThat(guess("PAR1\u0015\u0004\u0015\u0010")).contains(DataFormat.PARQUET);
    assertThat(guess("\0\0\b\u0003\0\0\0\n")).contains(DataFormat.IDX);
    assertThat(guess("\u001f\u008b\b\0\0\0")).as("gzip may hold anything").isEmpty();
  }

  @Test
  void textIsNothingElse() {
    assertThat(guess("BMI,age,class\r\n21.5,40,1\r\n")).isEmpty();
    assertThat(guess("PAR1\tPAR2\n1\t2\n")).isEmpty();
    assertThat(guess("")).isEmpty();
  }
}
