package org.sparkgen.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparkgen.config.ImageConfig;

/** IDX and CIFAR-10 files, whole and damaged. */
class RecordReadersTest {
  private static final ImageConversion TWO_BY_THREE =
      new ImageConversion(new ImageConfig(2, 3, 1, ImageConfig.Fit.CROP));

  /** Image i has the pixels 6 i to 6 i + 5. */
  static byte[] images(int promised, int written) {
    ByteBuffer file = ByteBuffer.allocate(16 + 6 * written);
    file.putInt(0x803).putInt(promised).putInt(2).putInt(3);
    for (int i = 0; i < 6 * written; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  /** Label i is i + 1. */
  static byte[] labels(int promised, int written) {
    ByteBuffer file = ByteBuffer.allocate(8 + written).putInt(0x801).putInt(promised);
    for (int i = 0; i < written; i++) {
      file.put((byte) (i + 1));
    }
    return file.array();
  }

  private static List<Outcome> read(byte[] images, byte[] labels) {
    IdxReader reader =
        new IdxReader("images", Optional.ofNullable(labels).map(l -> "labels"), TWO_BY_THREE);
    List<Outcome> outcomes = new ArrayList<>();
    reader.read(images, Optional.ofNullable(labels)).forEachRemaining(outcomes::add);
    return outcomes;
  }

  private static Reject reject(Outcome outcome) {
    return outcome.reject().orElseThrow();
  }

  private static void assertWholeFile(List<Outcome> outcomes, String path, String reason) {
    assertThat(outcomes).hasSize(1);
    assertThat(reject(outcomes.get(0)).index()).isEqualTo(Reject.WHOLE_FILE);
    assertThat(reject(outcomes.get(0))).hasToString(path + ": " + reason);
  }

  @Test
  void readsImagesAndLabelsPlainAndCompressed() {
    for (List<Outcome> outcomes :
        List.of(
            read(images(3, 3), labels(3, 3)),
            read(Pictures.gzip(images(3, 3)), Pictures.gzip(labels(3, 3))))) {
      assertThat(outcomes).extracting(Outcome::index).containsExactly(0L, 1L, 2L);
      assertThat(outcomes).extracting(Outcome::label).containsExactly(1, 2, 3);
      assertThat(outcomes.get(1).pixels()).containsExactly(6, 7, 8, 9, 10, 11);
      assertThat(outcomes).allMatch(o -> o.reject().isEmpty());
    }
  }

  @Test
  void hasNoLabelsWithoutALabelFile() {
    assertThat(read(images(2, 2), null))
        .extracting(Outcome::label)
        .containsExactly(ExampleBlock.NO_LABEL, ExampleBlock.NO_LABEL);
  }

  @Test
  void readsAnEmptySet() {
    assertThat(read(images(0, 0), labels(0, 0))).isEmpty();
  }

  @Test
  void refusesAFileOfAnotherKind() {
    assertWholeFile(
        read(labels(3, 3), null),
        "images",
        "begins with 0x00000801 (an IDX label file), but an IDX image file of unsigned bytes begins"
            + " with 0x00000803");
    assertWholeFile(
        read(images(3, 3), images(3, 3)),
        "labels",
        "begins with 0x00000803 (an IDX image file), but an IDX label file of unsigned bytes begins"
            + " with 0x00000801");
    assertWholeFile(
        read(Pictures.file(Pictures.plain(1, 1, 0), "png"), null),
        "images",
        "begins with 0x89504E47, but an IDX image file of unsigned bytes begins with 0x00000803");
  }

  @Test
  void refusesHeadersThatMakeNoSense() {
    assertWholeFile(read(new byte[0], null), "images", "ends within its header");
    assertWholeFile(
        read(Arrays.copyOf(images(1, 1), 15), null), "images", "ends within its header");
    assertWholeFile(read(images(-1, 3), null), "images", "its header promises -1 examples");
    byte[] negative = images(1, 1);
    Arrays.fill(negative, 8, 12, (byte) 0xFF);
    assertWholeFile(read(negative, null), "images", "its header promises 3 x -1 pixels");
    byte[] overflowing = images(1, 1);
    overflowing[8] = 0x40;
    overflowing[12] = 0x40;
    assertWholeFile(
        read(overflowing, null),
        "images",
        "its header promises 1,073,741,827 x 1,073,741,826 pixels; at most 64,000,000 pixels, and"
            + " 65,535 a side, are decoded");
  }

  @Test
  void refusesLabelsOfAnotherSet() {
    assertWholeFile(
        read(images(3, 3), labels(4, 4)),
        "labels",
        "its header promises 4 labels, but images promises 3 images");
  }

  @Test
  void keepsTheCompleteImagesOfAShortFileAndCountsTheRest() {
    byte[] cut = Arrays.copyOf(images(5, 3), 16 + 2 * 6 + 1);

    List<Outcome> outcomes = read(cut, labels(5, 5));

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.get(1).pixels()).containsExactly(6, 7, 8, 9, 10, 11);
    assertThat(reject(outcomes.get(2)).index()).isEqualTo(2);
    assertThat(reject(outcomes.get(2)).count()).isEqualTo(3);
    assertThat(reject(outcomes.get(2)))
        .hasToString(
            "images [2] and 2 more: the file ends after 2 of the 5 records that its header"
                + " promises");
  }

  @Test
  void countsWhatAHugePromiseLacksWithoutListingIt() {
    List<Outcome> outcomes = read(images(Integer.MAX_VALUE, 1), null);

    assertThat(outcomes).hasSize(2);
    assertThat(reject(outcomes.get(1)).count()).isEqualTo(Integer.MAX_VALUE - 1L);
  }

  @Test
  void keepsTheCompleteImagesOfATruncatedGzip() {
    byte[] gzip = Pictures.gzip(images(2000, 2000));

    List<Outcome> outcomes = read(Arrays.copyOf(gzip, gzip.length - 20), null);

    int complete = outcomes.size() - 1;
    assertThat(complete).isBetween(1, 1999);
    assertThat(reject(outcomes.get(complete)).count()).isEqualTo(2000 - complete);
    assertThat(reject(outcomes.get(complete)).reason())
        .isEqualTo("it can't be inflated any further: Unexpected end of ZLIB input stream");
  }

  @Test
  void noticesAWrongGzipChecksum() {
    byte[] gzip = Pictures.gzip(images(2, 2));
    gzip[gzip.length - 8] ^= 1;

    List<Outcome> outcomes = read(gzip, null);

    assertThat(outcomes).hasSize(3);
    assertThat(reject(outcomes.get(2)).reason()).contains("Corrupt GZIP trailer");
  }

  @Test
  void refusesWhatOnlyBeginsLikeGzip() {
    assertWholeFile(
        read(new byte[] {0x1F, (byte) 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, null),
        "images",
        "can't be inflated: Unsupported compression method");
  }

  @Test
  void reportsBytesAfterTheLastImage() {
    List<Outcome> outcomes = read(images(2, 3), null);

    assertThat(outcomes).hasSize(3);
    assertThat(reject(outcomes.get(2)))
        .hasToString("images [2]: there are bytes after the last of 2 records");
  }

  @Test
  void refusesImagesWhoseLabelIsMissing() {
    List<Outcome> outcomes = read(images(3, 3), Arrays.copyOf(labels(3, 3), 9));

    assertThat(outcomes.get(0).label()).isEqualTo(1);
    assertThat(reject(outcomes.get(1)))
        .hasToString("images [1]: labels ends before the label of this image");
    assertThat(reject(outcomes.get(2)).count()).isEqualTo(1);
  }

  @Test
  void readsCifarRecords() {
    ByteBuffer file = ByteBuffer.allocate(2 * 3073 + 5);
    file.put((byte) 7).put(1, (byte) 200).put(3073, (byte) 10);
    ImageConversion conversion =
        new ImageConversion(new ImageConfig(32, 32, 3, ImageConfig.Fit.CROP));
    List<Outcome> outcomes = new ArrayList<>();

    new Cifar10Reader("batch", conversion).read(file.array()).forEachRemaining(outcomes::add);

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.get(0).label()).isEqualTo(7);
    assertThat(Cifar10Reader.CLASS_NAMES.get(7)).isEqualTo("horse");
    assertThat(outcomes.get(0).pixels()).hasSize(3072).startsWith(200, 0);
    assertThat(reject(outcomes.get(1)))
        .hasToString("batch [1]: class 10, but CIFAR-10 has classes 0 to 9");
    assertThat(reject(outcomes.get(2)))
        .hasToString("batch [2]: the file ends within a record, 5 of 3,073 bytes into it");
  }

  @Test
  void readsAnEmptyCifarFileAsNoImages() {
    assertThat(new Cifar10Reader("batch", TWO_BY_THREE).read(new byte[0])).isExhausted();
  }
}
