package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.JobException;

class PictureNamesTest {
  @Test
  void picturesKeepTheirNamesAndOthersAreNumbered() {
    assertThat(PictureNames.of("cats/a.JPG", 0)).isEqualTo("cats/a.JPG.png");
    assertThat(PictureNames.of("train.idx.gz", 12)).isEqualTo("train.idx.gz/000000012.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.png", "a/../../b.png", "/etc/a.png", "s3a://bucket/a.png", " "})
  void noneLeadsOutOfTheFolder(String name) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> PictureNames.of(name, 0))
        .withMessageContaining("is no path below a folder");
  }
}
