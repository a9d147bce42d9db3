package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgen.config.ImageConfig;

/** Every kind of picture file is read as what it shows, or rejected with its reason. */
class PictureKindsTest {
  /** JPEG's losses. */
  private static final int TOLERANCE = 2;

  private static final ImageConversion QUARTERS =
      new ImageConversion(new ImageConfig(2, 2, 1, ImageConfig.Fit.STRETCH));

  static Stream<InputKind> good() {
    return PictureKinds.all().stream().filter(kind -> kind.reason().isEmpty());
  }

  static Stream<InputKind> bad() {
    return PictureKinds.all().stream().filter(kind -> kind.reason().isPresent());
  }

  @ParameterizedTest
  @MethodSource("good")
  void reads(InputKind kind) throws UnreadableExampleException {
    byte[] decoded = ImageDecoder.decode(kind.content(), QUARTERS);

    assertThat(decoded).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(decoded[i] & 0xFF)
          .as("quarter %d", i)
          .isCloseTo(kind.pixels()[i], within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("bad")
  void rejects(InputKind kind) {
    assertThatThrownBy(() -> ImageDecoder.decode(kind.content(), QUARTERS))
        .isInstanceOf(UnreadableExampleException.class)
        .hasMessageContaining(kind.reason().orElseThrow())
        .message()
        .isNotBlank()
        .doesNotContain("null");
  }

  @Test
  void areManyOfDifferentNames() {
    List<String> names = PictureKinds.all().stream().map(InputKind::name).toList();

    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(80);
  }
}
