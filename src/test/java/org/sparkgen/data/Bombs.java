package org.sparkgen.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.sparkgen.config.ImageConfig;

/**
 * Reads small files that want to become large, in a process of little memory, and says how much of
 * it they took.
 */
public final class Bombs {
  private static final ImageConversion TINY =
      new ImageConversion(new ImageConfig(4, 4, 1, ImageConfig.Fit.STRETCH));
  private static final int MANY = 200_000_000;
  private static final int NONE = 0;
  private static final byte[] HEADER = "a,b\n".getBytes(StandardCharsets.US_ASCII);

  private final Map<String, Work> bombs = new LinkedHashMap<>();

  private Bombs() throws IOException {
    byte[] png = Pictures.file(Pictures.plain(4, 4, 0xFFFFFF), "png");
    for (InputKind kind : PictureKinds.all()) {
      bombs.put(kind.name(), () -> picture(kind.content()));
    }
    byte[] zeros = deflated(NONE, MANY);
    byte[] named = Pictures.insert(zeros, 0, new byte[] {'a', 0, 0});
    picture("text.png", Pictures.withPngChunk(png, "zTXt", named));
    picture("profile.png", Pictures.withPngChunk(png, "iCCP", named));
    picture("behind-its-pixels.png", Pictures.pngOfDeflated(4, 4, 8, 0, zeros));
    picture(
        "within-limits.png", Pictures.pngOfDeflated(4000, 4000, 8, 0, deflated(NONE, 4001 * 4000)));
    byte[] idx = header(0x803, Integer.MAX_VALUE, 8000, 8);
    byte[] all = header(0x801, Integer.MAX_VALUE);
    bombs.put("images.idx.gz", () -> images(gzip(header(0x803, 1, 8, 8), MANY)));
    bombs.put(
        "labels.idx.gz", () -> labels(header(0x803, Integer.MAX_VALUE, 8, 8), gzip(all, MANY)));
    bombs.put("rows-of-images.idx.gz", () -> images(gzip(idx, MANY)));
    bombs.put(
        "batch.bin.gz", () -> consume(new Cifar10Reader("b", TINY).read(gzip(new byte[0], MANY))));
    bombs.put("commas.csv.gz", () -> csv(gzip(HEADER, ',', MANY)));
    bombs.put("digits.csv.gz", () -> csv(gzip(HEADER, '1', MANY)));
    bombs.put("header.csv.gz", () -> csv(gzip(new byte[0], ',', MANY)));
    bombs.put("line-ends.csv.gz", () -> csv(gzip(HEADER, '\n', MANY)));
  }

  private void picture(String name, byte[] content) {
    bombs.put(name, () -> picture(content));
  }

  /** One line for all together; memory that runs out ends it with an error. */
  public static void main(String[] arguments) throws Exception {
    int bombs = 0;
    int accepted = 0;
    for (Map.Entry<String, Work> bomb : new Bombs().bombs.entrySet()) {
      long start = System.nanoTime();
      int read = bomb.getValue().read();
      accepted += read;
      bombs++;
      System.out.printf(
          Locale.ROOT,
          "%s: %d read, %.1f s%n",
          bomb.getKey(),
          read,
          (System.nanoTime() - start) / 1e9);
    }
    System.out.printf(
        Locale.ROOT,
        "BOMBS %d, examples read %d, peak heap %.1f MiB of %.1f MiB%n",
        bombs,
        accepted,
        peak() / (double) (1 << 20),
        Runtime.getRuntime().maxMemory() / (double) (1 << 20));
  }

  /** The sum over all parts of the heap: the true peak is not higher. */
  private static long peak() {
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    return pools.stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static int picture(byte[] content) {
    try {
      return ImageDecoder.decode(content, TINY).length > 0 ? 1 : 0;
    } catch (UnreadableExampleException e) {
      return 0;
    }
  }

  private static int images(byte[] content) {
    return consume(new IdxReader("i", Optional.empty(), TINY).read(content, Optional.empty()));
  }

  private static int labels(byte[] images, byte[] labels) {
    return consume(new IdxReader("i", Optional.of("l"), TINY).read(images, Optional.of(labels)));
  }

  private static int csv(byte[] content) {
    CsvReader reader = new CsvReader("r", new NumericRows(2), Optional.empty(), Optional.empty());
    return consume(reader.read(new ByteArrayInputStream(content)));
  }

  private static int consume(Iterator<Outcome> outcomes) {
    int accepted = 0;
    while (outcomes.hasNext()) {
      accepted += outcomes.next().reject().isEmpty() ? 1 : 0;
    }
    return accepted;
  }

  private static byte[] header(int... numbers) {
    ByteBuffer header = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      header.putInt(number);
    }
    return header.array();
  }

  private static byte[] gzip(byte[] begin, int count) throws IOException {
    return gzip(begin, NONE, count);
  }

  private static byte[] gzip(byte[] begin, int value, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(begin);
      repeat(value, count, out);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated(int value, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(bytes)) {
      repeat(value, count, out);
    }
    return bytes.toByteArray();
  }

  private static void repeat(int value, int count, OutputStream out) throws IOException {
    byte[] block = new byte[1 << 16];
    Arrays.fill(block, (byte) value);
    for (int left = count; left > 0; left -= block.length) {
      out.write(block, 0, Math.min(left, block.length));
    }
  }

  /** Reads a bomb; returns how many examples of it could be used. */
  private interface Work {
    int read() throws IOException;
  }
}
