package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "112.345 | 112.3",
        "-1.38629 | -1.386",
        "12345.6 | 12,346",
        "0.0421349 | 0.04213",
        "0.00001 | 1.000e-05",
        "98765432 | 9.877e+07",
        "NaN | NaN",
        "-Infinity | -infinity",
      })
  void numbersHaveAboutFourDigits(double value, String text) {
    assertThat(Format.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.041, 0.04 s",
    "0.996, 1.0 s",
    "4.81, 4.8 s",
    "59.97, 1 min 0 s",
    "80, 1 min 20 s",
    "7380, 2 h 3 min",
    "NaN, unknown",
  })
  void durationsGrowCoarserAsTheyGrow(double seconds, String text) {
    assertThat(Format.seconds(seconds)).isEqualTo(text);
  }

  @Test
  void sizesSharesAndCountsHaveTheirUnits() {
    assertThat(Format.bytes(1)).isEqualTo("1 byte");
    assertThat(Format.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Format.bytes(5L << 30)).isEqualTo("5.0 GiB");
    assertThat(Format.percent(0)).isEqualTo("0 %");
    assertThat(Format.percent(0.0002)).isEqualTo("0.02 %");
    assertThat(Format.percent(0.1234)).isEqualTo("12.3 %");
    assertThat(Format.count(1, "round")).isEqualTo("1 round");
    assertThat(Format.count(1200, "round")).isEqualTo("1,200 rounds");
    assertThat(Format.times(1)).isEqualTo("once");
    assertThat(Format.times(2)).isEqualTo("twice");
    assertThat(Format.times(3)).isEqualTo("3 times");
  }
}
