package org.sparkgen.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes inputs that are nearly right out of seeds; the same ones from the same number. */
final class Mutator {
  private static final int LONGEST = 1 << 13;
  private static final int LARGEST_CHUNK = 64;

  /** Numbers at which sizes, counts and offsets go wrong. */
  private static final long[] BOUNDARIES = {
    0,
    1,
    -1,
    2,
    7,
    8,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x1_0000,
    0xFF_FFFF,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 8L,
    Integer.MIN_VALUE,
    0x4000_0000,
    0xFFFF_FFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    64_000_000,
    8000,
    65_535,
    Double.doubleToLongBits(Double.NaN),
    Double.doubleToLongBits(Double.POSITIVE_INFINITY),
    Double.doubleToLongBits(-1),
    Double.doubleToLongBits(1e300)
  };

  /** Values of text formats that are of another type, or too large. */
  private static final List<byte[]> WORDS =
      Stream.of(
              "null",
              "-1",
              "0",
              "1e999",
              "-0.0",
              "NaN",
              "{}",
              "[]",
              "[null]",
              "\"\"",
              "true",
              "x",
              "9223372036854775808",
              "1e-400",
              "2147483648",
              "\"../x\"",
              "${?x}",
              "include \"x\"")
          .map(word -> word.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final String DELIMITERS = ",:=[]{}\n";

  private static final int[] WIDTHS = {1, 2, 4, 8};

  private final SplittableRandom random;
  private final List<byte[]> seeds;

  Mutator(long number, List<byte[]> seeds) {
    this.random = new SplittableRandom(number);
    this.seeds = seeds;
  }

  /** The next input. */
  byte[] next() {
    byte[] input = seed().clone();
    // Mostly one: the second change seldom gets past what the first has broken.
    do {
      input = changed(input);
    } while (random.nextInt(3) == 0);
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return seed().clone();
    }
    int at = random.nextInt(input.length);
    int length = 1 + random.nextInt(Math.min(LARGEST_CHUNK, input.length - at));
    return switch (random.nextInt(10)) {
      case 0 -> flipped(input, at);
      case 1 -> withByte(input, at);
      case 2 -> withBoundary(input, at);
      case 3 -> Arrays.copyOf(input, at);
      case 4 -> replaced(input, at, at + length, new byte[0]);
      case 5 -> replaced(input, at, at, Arrays.copyOfRange(input, at, at + length));
      case 6 -> spliced(input, at);
      case 7 -> withWord(input, at);
      case 8 -> moved(input, at, length);
      default -> replaced(input, at, at, noise(length));
    };
  }

  private byte[] flipped(byte[] input, int at) {
    input[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return input;
  }

  /**
   * Any byte, or one that the input has elsewhere, which is more often one that means something.
   */
  private byte[] withByte(byte[] input, int at) {
    boolean own = random.nextBoolean();
    input[at] = own ? input[random.nextInt(input.length)] : (byte) random.nextInt();
    return input;
  }

  private byte[] withBoundary(byte[] input, int at) {
    int width = Math.min(WIDTHS[random.nextInt(WIDTHS.length)], input.length - at);
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    boolean little = random.nextBoolean();
    number.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    number.putLong(0, BOUNDARIES[random.nextInt(BOUNDARIES.length)]);
    number.get(little ? 0 : Long.BYTES - width, input, at, width);
    return input;
  }

  /** The beginning of one and the end of another. */
  private byte[] spliced(byte[] input, int at) {
    byte[] other = seed();
    int from = other.length == 0 ? 0 : random.nextInt(other.length);
    return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
  }

  private byte[] moved(byte[] input, int at, int length) {
    byte[] chunk = Arrays.copyOfRange(input, at, at + length);
    byte[] rest = replaced(input, at, at + length, new byte[0]);
    int to = random.nextInt(rest.length + 1);
    return replaced(rest, to, to, chunk);
  }

  /** Another value in the place of what is between two delimiters. */
  private byte[] withWord(byte[] input, int at) {
    int from = at;
    while (from > 0 && DELIMITERS.indexOf(input[from - 1]) < 0) {
      from--;
    }
    int to = at;
    while (to < input.length && DELIMITERS.indexOf(input[to]) < 0) {
      to++;
    }
    return replaced(input, from, to, WORDS.get(random.nextInt(WORDS.size())));
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
    return ByteBuffer.allocate(from + by.length + input.length - to)
        .put(input, 0, from)
        .put(by)
        .put(input, to, input.length - to)
        .array();
  }
}
