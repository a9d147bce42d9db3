package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleBlockTest {
  private static final ExampleBlock NO_IMAGES =
      ExampleBlock.ofImages(new byte[0], new int[0], new long[0]);
  private static final ExampleBlock NO_ROWS =
      ExampleBlock.ofRows(new float[0], new int[0], new long[0]);

  /** Images of two pixels. */
  private static ExampleBlock images() {
    return ExampleBlock.ofImages(
        new byte[] {1, 2, 3, 4, 5, (byte) 250},
        new int[] {7, ExampleBlock.NO_LABEL, 9},
        new long[] {10, 11, 12});
  }

  private static ExampleBlock oneImage() {
    return ExampleBlock.ofImages(new byte[] {6, 7}, new int[] {3}, new long[] {20});
  }

  private static ExampleBlock rows() {
    return ExampleBlock.ofRows(
        new float[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1}, new long[] {30, 31});
  }

  @Test
  void contentIsPixelsOrValuesAlone() {
    long[] digests = images().contentDigests();
    ExampleBlock same = ExampleBlock.ofImages(new byte[] {3, 4}, new int[] {0}, new long[] {99});

    assertThat(digests).doesNotHaveDuplicates();
    assertThat(same.contentDigests()).containsExactly(digests[1]);
    assertThat(rows().contentDigests()).hasSize(2).doesNotHaveDuplicates();
    assertThat(ExampleBlock.ofImages(new byte[] {4, 3}, new int[1], new long[1]).contentDigests())
        .as("order counts")
        .doesNotContain(digests[1]);
    assertThat(ExampleBlock.ofImages(new byte[2], new int[1], new long[1]).contentDigests())
        .as("so does length")
        .isNotEqualTo(ExampleBlock.ofImages(new byte[3], new int[1], new long[1]).contentDigests());
    assertThat(NO_ROWS.contentDigests()).isEmpty();
  }

  private static void assertJoined(ExampleBlock joined) {
    assertThat(joined.images()).isTrue();
    assertThat(joined.count()).isEqualTo(4);
    assertThat(joined.pixels()).containsExactly(1, 2, 3, 4, 5, (byte) 250, 6, 7);
    assertThat(joined.labels()).containsExactly(7, ExampleBlock.NO_LABEL, 9, 3);
    assertThat(joined.ids()).containsExactly(10, 11, 12, 20);
  }

  @Test
  void joinsImagesInOrder() {
    assertJoined(ExampleBlock.join(List.of(images(), oneImage())));
  }

  @Test
  void joinsBlocksOfWhichSomeAreEmpty() {
    assertJoined(ExampleBlock.join(List.of(NO_IMAGES, images(), NO_IMAGES, oneImage(), NO_IMAGES)));
  }

  @Test
  void joinsRows() {
    ExampleBlock joined = ExampleBlock.join(List.of(NO_ROWS, rows(), rows()));

    assertThat(joined.images()).isFalse();
    assertThat(joined.count()).isEqualTo(4);
    assertThat(joined.values()).containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(joined.labels()).containsExactly(0, 1, 0, 1);
    assertThat(joined.ids()).containsExactly(30, 31, 30, 31);
  }

  @Test
  void joinsNothingButEmptyBlocks() {
    ExampleBlock joined = ExampleBlock.join(List.of(NO_IMAGES, NO_IMAGES));

    assertThat(joined.images()).isTrue();
    assertThat(joined.count()).isZero();
    assertThat(joined.pixels()).isEmpty();
  }

  @Test
  void theFirstImages() {
    ExampleBlock first = images().first(2);

    assertThat(first.count()).isEqualTo(2);
    assertThat(first.images()).isTrue();
    assertThat(first.pixels()).containsExactly(1, 2, 3, 4);
    assertThat(first.labels()).containsExactly(7, ExampleBlock.NO_LABEL);
    assertThat(first.ids()).containsExactly(10, 11);
  }

  @Test
  void theFirstRows() {
    ExampleBlock first = rows().first(1);

    assertThat(first.images()).isFalse();
    assertThat(first.values()).containsExactly(1, 2, 3);
    assertThat(first.labels()).containsExactly(0);
    assertThat(first.ids()).containsExactly(30);
  }

  @Test
  void theFirstOfFewerAreAllOfThem() {
    ExampleBlock block = images();

    assertThat(block.first(3)).isSameAs(block);
    assertThat(block.first(1000)).isSameAs(block);
    assertThat(NO_IMAGES.first(5)).isSameAs(NO_IMAGES);
  }

  @Test
  void theFirstNoneAreEmpty() {
    assertThat(images().first(0).count()).isZero();
    assertThat(images().first(0).pixels()).isEmpty();
  }

  @Test
  void everyExampleHasALabelAndAnId() {
    assertThatThrownBy(() -> ExampleBlock.ofImages(new byte[2], new int[1], new long[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 labels but 2 ids");
  }
}
