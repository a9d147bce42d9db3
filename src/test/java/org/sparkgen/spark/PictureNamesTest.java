package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;

class PictureNamesTest {
  @Test
  void picturesKeepTheirNamesAndOthersAreNumbered() {
    assertThat(PictureNames.of("cats/a.JPG", 0)).isEqualTo("cats/a.JPG.png");
    assertThat(PictureNames.of("train.idx.gz", 12)).isEqualTo("train.idx.gz/000000012.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my photo.jpg",
        "Ärger/IMG (1).png",
        "part-00000-ce968cdf-b082-4980-9114-b1cb3ea267f1-c000.snappy.parquet",
        "_hidden/.png"
      })
  void allOthersBecomeNamesThatEveryStoreTakes(String name) {
    String safe = PictureNames.of(name, 0);
    assertThat(Storage.resolve("to", safe)).isEqualTo("to/" + safe);
    assertThat(PictureNames.of(name.replace('1', '2').replace("my", "My").replace("h", "H"), 0))
        .isNotEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.png", "a/../../b.png", "/etc/a.png", "s3a://bucket/a.png", " "})
  void noneLeadsOutOfTheFolder(String name) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> PictureNames.of(name, 0))
        .withMessageContaining("is no path below a folder");
  }
}
