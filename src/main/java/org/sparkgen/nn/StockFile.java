package org.sparkgen.nn;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The zip that DL4J's {@code ModelSerializer} writes, from a hand that need not be trusted. Two of
 * its entries are read, each up to a limit, and nothing is ever extracted to a name that a file
 * says. The configuration may name classes of DL4J's own layers and of nothing else, for its parser
 * makes an object of whatever class it reads. The parameters are numbers, as many as the file has
 * bytes for.
 */
final class StockFile {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";

  /** Numbers of trained networks hardly get smaller in a zip; zeros get a thousand times so. */
  private static final int MOST_INFLATED = 50;

  private static final int SMALL_ENTRY = 1 << 20;
  private static final int LARGEST_ENTRY = Integer.MAX_VALUE - 8;
  private static final String CLASS = "@class";
  private static final Pattern KNOWN_CLASSES =
      Pattern.compile(
          "org\\.(deeplearning4j\\.nn\\.(conf|weights)"
              + "|nd4j\\.linalg\\.(activations|learning|lossfunctions|schedule))\\.[\\w.$]+");

  /** How many bytes a number takes, by the name of its type. */
  private static final Map<String, Integer> WIDTHS =
      Map.of("LONG", 8, "INT", 4, "DOUBLE", 8, "FLOAT", 4, "HALF", 2, "FLOAT16", 2, "BFLOAT16", 2);

  private static final Set<String> LONG = Set.of("LONG");

  /** How M2.1 heads a buffer; earlier versions wrote lengths of other widths. */
  private static final String MODE = "MIXED_DATA_TYPES";

  /** What describes a shape beside its sizes and strides: the rank, and three more. */
  private static final int SHAPE_EXTRAS = 4;

  private final MultiLayerConfiguration configuration;
  private final INDArray parameters;

  private StockFile(MultiLayerConfiguration configuration, INDArray parameters) {
    this.configuration = configuration;
    this.parameters = parameters;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is no such file; the message says why
   */
  static StockFile read(byte[] zip) throws IOException {
    String json = new String(entry(zip, CONFIGURATION), StandardCharsets.UTF_8);
    requireKnownClasses(json);
    byte[] numbers = entry(zip, PARAMETERS);
    requireWhole(numbers);
    try {
      return new StockFile(
          MultiLayerConfiguration.fromJson(json),
          Nd4j.read(new DataInputStream(new ByteArrayInputStream(numbers))));
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What the network looks like. */
  MultiLayerConfiguration configuration() {
    return configuration;
  }

  /** Its weights, in one row. */
  INDArray parameters() {
    return parameters;
  }

  private static byte[] entry(byte[] zip, String name) throws IOException {
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry e = stream.getNextEntry(); e != null; e = stream.getNextEntry()) {
        if (e.getName().equals(name)) {
          return content(stream, name, zip.length);
        }
      }
    } catch (IllegalArgumentException e) {
      // A name that is no UTF-8.
      throw new IOException(e.getMessage(), e);
    }
    throw new IOException("there is no %s in it".formatted(name));
  }

  /** An entry that may be inflated from little, but not to all memory. */
  private static byte[] content(InputStream entry, String name, int zipLength) throws IOException {
    int most = (int) Math.min(LARGEST_ENTRY, SMALL_ENTRY + (long) zipLength * MOST_INFLATED);
    byte[] content = entry.readNBytes(most);
    if (entry.read() >= 0) {
      throw new IOException(
          "%s has more than %,d bytes, too many for a zip of %,d".formatted(name, most, zipLength));
    }
    return content;
  }

  private static void requireKnownClasses(String json) throws IOException {
    // DL4J's parser believes the first of two equal keys, a tree holds the last.
    ObjectMapper strict = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    Optional<String> unknown = unknownClass(strict.readTree(json));
    if (unknown.isPresent()) {
      throw new IOException(
          "%s names the class '%s', and only layers of DL4J itself are accepted"
              .formatted(CONFIGURATION, unknown.get()));
    }
  }

  private static Optional<String> unknownClass(JsonNode node) {
    JsonNode named = node.get(CLASS);
    if (named != null && !KNOWN_CLASSES.matcher(named.asText()).matches()) {
      return Optional.of(named.asText());
    }
    for (JsonNode child : node) {
      Optional<String> unknown = unknownClass(child);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return Optional.empty();
  }

  /** ND4J allocates what the file promises, and never compares the shape with the numbers. */
  private static void requireWhole(byte[] numbers) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(numbers));
    long described = count(in, LONG);
    int rank = described == 0 ? 0 : (int) in.readLong();
    if (rank < 1 || rank > 2 || described != 2 * rank + SHAPE_EXTRAS) {
      throw new IOException("%s is not one row of numbers".formatted(PARAMETERS));
    }
    // Sizes, then the distances from one number to the next; then what ND4J keeps for itself.
    long[] sizes = longs(in, rank);
    long[] strides = longs(in, rank);
    long length = sizes[rank - 1];
    if ((rank == 2 && sizes[0] != 1) || (strides[rank - 1] != 1 && length != 1)) {
      throw new IOException("%s is not one row of numbers".formatted(PARAMETERS));
    }
    in.skipNBytes((SHAPE_EXTRAS - 1) * (long) Long.BYTES);
    if (count(in, WIDTHS.keySet()) != length) {
      throw new IOException("%s has not as many numbers as its shape".formatted(PARAMETERS));
    }
  }

  private static long[] longs(DataInputStream in, int count) throws IOException {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readLong();
    }
    return values;
  }

  /** Reads a buffer's head, and looks whether its numbers are there. */
  private static long count(DataInputStream in, Set<String> types) throws IOException {
    String mode = in.readUTF();
    long count = in.readLong();
    String type = in.readUTF();
    if (!mode.equals(MODE) || !types.contains(type)) {
      throw new IOException(
          "%s holds %s of the kind %s, not the numbers that were expected"
              .formatted(PARAMETERS, type, mode));
    }
    long there = in.available() / WIDTHS.get(type);
    if (count < 0 || count > there) {
      throw new IOException(
          "%s promises %d numbers and has bytes for %d".formatted(PARAMETERS, count, there));
    }
    return count;
  }
}
