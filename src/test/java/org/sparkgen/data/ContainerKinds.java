package org.sparkgen.data;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.ImageConfig;

/** Good and bad files of many examples. A line is a kind. */
final class ContainerKinds {
  private static final ImageConversion TINY =
      new ImageConversion(new ImageConfig(2, 3, 1, ImageConfig.Fit.CROP));
  private static final int CIFAR_RECORD = 3073;
  private static final int FEATURES = 2;

  private final List<Kind> kinds = new ArrayList<>();

  private ContainerKinds() {
    addIdx();
    addIdxLabels();
    addCifar();
    addGoodCsv();
    addBadCsv();
  }

  /** All of them. */
  static List<Kind> all() {
    return List.copyOf(new ContainerKinds().kinds);
  }

  /**
   * A kind of file and what has to become of its examples.
   *
   * @param accepted examples to be read
   * @param rejected examples to be rejected, those included that are promised and not there
   * @param reason what a reject says
   */
  record Kind(String name, Reading reading, long accepted, long rejected, String reason) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Reads the file. */
  interface Reading {
    Iterator<Outcome> outcomes();
  }

  private void idx(String name, byte[] file, long accepted, long rejected, String reason) {
    IdxReader reader = new IdxReader("images", Optional.empty(), TINY);
    kinds.add(
        new Kind(
            name + ".idx", () -> reader.read(file, Optional.empty()), accepted, rejected, reason));
  }

  private void labels(String name, byte[] labels, long accepted, long rejected, String reason) {
    IdxReader reader = new IdxReader("images", Optional.of("labels"), TINY);
    kinds.add(
        new Kind(
            name + ".labels",
            () -> reader.read(RecordReadersTest.images(3, 3), Optional.of(labels)),
            accepted,
            rejected,
            reason));
  }

  private void cifar(String name, byte[] file, long accepted, long rejected, String reason) {
    Cifar10Reader reader = new Cifar10Reader("batch", TINY);
    kinds.add(new Kind(name + ".bin", () -> reader.read(file), accepted, rejected, reason));
  }

  private void csv(String name, byte[] file, long accepted, long rejected, String reason) {
    CsvReader reader =
        new CsvReader("rows", new NumericRows(FEATURES), Optional.empty(), Optional.of("label"));
    kinds.add(
        new Kind(
            name + ".csv",
            () -> reader.read(new ByteArrayInputStream(file)),
            accepted,
            rejected,
            reason));
  }

  private void csv(String name, String text, long accepted, long rejected, String reason) {
    csv(name, text.getBytes(StandardCharsets.UTF_8), accepted, rejected, reason);
  }

  private static byte[] header(int magic, int count, int height, int width) {
    ByteBuffer file = ByteBuffer.allocate(16 + 99);
    return file.putInt(magic).putInt(count).putInt(height).putInt(width).array();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return Pictures.insert(first, first.length, second);
  }

  private void addIdx() {
    byte[] three = RecordReadersTest.images(3, 3);
    byte[] gzip = Pictures.gzip(three);
    idx("whole", three, 3, 0, "");
    idx("compressed", gzip, 3, 0, "");
    idx(
        "compressed-in-two-parts",
        joined(Pictures.gzip(Arrays.copyOf(three, 20)), Pictures.gzip(tail(three, 20))),
        3,
        0,
        "");
    idx("no-images", RecordReadersTest.images(0, 0), 0, 0, "");
    idx("empty", new byte[0], 0, 1, "ends within its header");
    idx("half-a-header", Arrays.copyOf(three, 9), 0, 1, "ends within its header");
    idx("labels", RecordReadersTest.labels(3, 3), 0, 1, "begins with 0x00000801 (an IDX label");
    idx("of-floats", header(0x0D03, 1, 2, 3), 0, 1, "begins with 0x00000D03");
    idx("little-endian", header(0x03080000, 1, 2, 3), 0, 1, "begins with 0x03080000");
    idx("text", "1,2,3\n4,5,6\n".getBytes(StandardCharsets.UTF_8), 0, 1, "begins with 0x312C322C");
    idx("negative-count", header(0x803, -1, 2, 3), 0, 1, "promises -1 examples");
    idx("negative-height", header(0x803, 1, -2, 3), 0, 1, "promises 3 x -2 pixels");
    idx("no-height", header(0x803, 1, 0, 3), 0, 1, "promises 3 x 0 pixels");
    idx("no-width", header(0x803, 1, 2, 0), 0, 1, "promises 0 x 2 pixels");
    idx("overflowing", header(0x803, 1, 1 << 16, 1 << 16), 0, 1, "65,536 x 65,536 pixels; at most");
    idx(
        "overflowing-to-8",
        header(0x803, 1, 0x4000_0001, 8),
        0,
        1,
        "1,073,741,825 pixels; at most");
    idx("gigapixels", header(0x803, 1, 60_000, 60_000), 0, 1, "60,000 x 60,000 pixels; at most");
    idx("large-and-not-there", header(0x803, 2, 8000, 8000), 0, 2, "ends after 0 of the 2 records");
    idx("short", RecordReadersTest.images(5, 3), 3, 2, "ends after 3 of the 5 records");
    idx("cut-within-an-image", Arrays.copyOf(three, 16 + 8), 1, 2, "ends after 1 of the 3 records");
    idx("more-than-promised", RecordReadersTest.images(2, 3), 2, 1, "bytes after the last of 2");
    idx(
        "promise-of-two-thousand-million",
        RecordReadersTest.images(Integer.MAX_VALUE, 1),
        1,
        Integer.MAX_VALUE - 1L,
        "of the 2,147,483,647 records");
    idx("cut.gz", Arrays.copyOf(gzip, 20), 0, 1, "ends within its header");
    idx("without-trailer.gz", Arrays.copyOf(gzip, gzip.length - 8), 3, 1, "can't be inflated");
    idx("checksum.gz", Bytes.flipped(gzip, gzip.length - 8), 3, 1, "Corrupt GZIP trailer");
    idx("compressed-twice", Pictures.gzip(gzip), 0, 1, "begins with 0x1F8B08");
    idx("only-magic.gz", new byte[] {0x1F, (byte) 0x8B}, 0, 1, "can't be inflated");
    idx("zip", new byte[] {'P', 'K', 3, 4, 0, 0}, 0, 1, "begins with 0x504B0304");
    idx(
        "bomb.gz",
        Pictures.gzip(joined(three, new byte[20_000_000])),
        3,
        1,
        "bytes after the last");
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private void addIdxLabels() {
    byte[] three = RecordReadersTest.labels(3, 3);
    byte[] gzip = Pictures.gzip(three);
    labels("whole", three, 3, 0, "");
    labels("compressed", gzip, 3, 0, "");
    labels("empty", new byte[0], 0, 1, "ends within its header");
    labels("images", RecordReadersTest.images(3, 3), 0, 1, "begins with 0x00000803 (an IDX image");
    labels(
        "too-many",
        RecordReadersTest.labels(4, 4),
        0,
        1,
        "promises 4 labels, but images promises 3");
    labels(
        "too-few",
        RecordReadersTest.labels(2, 2),
        0,
        1,
        "promises 2 labels, but images promises 3");
    labels("negative-count", RecordReadersTest.labels(-3, 3), 0, 1, "promises -3 examples");
    labels("short", Arrays.copyOf(three, 9), 1, 2, "ends before the label of this image");
    labels("cut.gz", Arrays.copyOf(gzip, 15), 0, 1, "ends within its header");
    labels("more-than-promised", RecordReadersTest.labels(3, 4), 3, 1, "after its last label");
    labels("checksum.gz", Bytes.flipped(gzip, gzip.length - 8), 3, 1, "Corrupt GZIP trailer");
    labels("bomb.gz", Pictures.gzip(joined(three, new byte[20_000_000])), 3, 1, "after its last");
  }

  private void addCifar() {
    byte[] two = new byte[2 * CIFAR_RECORD];
    cifar("whole", two, 2, 0, "");
    cifar("compressed", Pictures.gzip(two), 2, 0, "");
    cifar("empty", new byte[0], 0, 0, "");
    cifar("one-byte", new byte[1], 0, 1, "1 of 3,073 bytes into it");
    cifar("odd-length", Arrays.copyOf(two, two.length - 1), 1, 1, "3,072 of 3,073 bytes into it");
    cifar("unknown-class", Bytes.with(two, 0, 10), 1, 1, "class 10, but CIFAR-10 has");
    cifar("class-255", Bytes.with(two, CIFAR_RECORD, 255), 1, 1, "class 255, but CIFAR-10 has");
    byte[] gzip = Pictures.gzip(two);
    cifar("cut.gz", Arrays.copyOf(gzip, gzip.length - 9), 1, 1, "can't be inflated any further");
  }

  private void addGoodCsv() {
    csv("whole", "a,b,label\n1,2,3\n4,5,6\n", 2, 0, "");
    csv("byte-order-mark", "\uFEFFa,b,label\n1,2,3\n", 1, 0, "");
    csv("line-ends-of-dos", "a,b,label\r\n1,2,3\r\n", 1, 0, "");
    csv("no-last-line-end", "a,b,label\n1,2,3", 1, 0, "");
    csv("quotes", "\"a\",\"b \"\"x\"\"\",label\n\"1\",\"2\",\"3\"\n", 1, 0, "");
    csv("empty-lines", "a,b,label\n\n\n1,2,3\n\n", 1, 0, "");
    csv("spaces", "a , b,label\n 1 ,2, 3\n", 1, 0, "");
    csv(
        "compressed",
        Pictures.gzip("a,b,label\n1,2,3\n".getBytes(StandardCharsets.UTF_8)),
        1,
        0,
        "");
    csv("only-header", "a,b,label\n", 0, 0, "");
  }

  private void addBadCsv() {
    csv("empty", "", 0, 1, "it is empty; a header line is needed");
    csv("short-and-long-rows", "a,b,label\n1,2\n1,2,3,4\n1,2,3\n", 1, 2, "the row has");
    csv("not-a-number", "a,b,label\nNaN,2,3\n", 0, 1, "number 1 of the row is NaN");
    csv("infinity", "a,b,label\n1,-Infinity,3\n", 0, 1, "number 2 of the row is -Infinity");
    csv("overflow", "a,b,label\n1e39,2,3\n1e999,2,3\n", 0, 2, "which is no finite float");
    csv("words", "a,b,label\nx,2,3\n1,,3\n", 0, 2, "not a number");
    csv("suffixes-of-java", "a,b,label\n1d,2,3\n1f,2,3\n", 0, 2, "not a number");
    csv("decimal-comma", "a;b;label\n1,5;2;3\n", 0, 1, "its header has no column 'label'");
    csv("impossible-labels", "a,b,label\n1,2,-1\n1,2,0.5\n1,2,1e10\n1,2,NaN\n", 0, 4, "a label is");
    csv("other-columns", "a,label\n1,2\n", 0, 1, "data.features.count is 2");
    csv("no-header", "1,2,3\n4,5,6\n", 0, 1, "its header has no column 'label'");
    csv("open-quote", "a,b,label\n1,2,3\n\"1,2,3\n4,5,6\n", 1, 1, "a quote is never closed");
    csv("zeros", new byte[4096], 0, 1, "its header has no column 'label'");
    csv(
        "utf-16",
        "a,b,label\n1,2,3\n".getBytes(Charset.forName("UTF-16LE")),
        0,
        1,
        "its header has no column 'label'");
    csv("picture", Pictures.file(Pictures.plain(4, 4, 0), "png"), 0, 1, "its header has no column");
    csv(
        "one-field-of-millions",
        "a,b,label\n" + "1".repeat(2_000_000),
        0,
        1,
        "a field has more than");
    csv("millions-of-fields", "a,b,label\n" + ",".repeat(2_000_000), 0, 1, "a row has more than");
    byte[] gzip = Pictures.gzip("a,b,label\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
    csv("cut.gz", Arrays.copyOf(gzip, gzip.length - 4), 1, 1, "can't be inflated any further");
    csv("checksum.gz", Bytes.flipped(gzip, gzip.length - 8), 1, 1, "Corrupt GZIP trailer");
    csv("only-magic.gz", new byte[] {0x1F, (byte) 0x8B}, 0, 1, "can't be inflated");
  }
}
