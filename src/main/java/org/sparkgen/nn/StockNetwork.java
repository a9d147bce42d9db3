package org.sparkgen.nn;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;

/**
 * A user's {@code MultiLayerNetwork} from the zip that DL4J's {@code ModelSerializer} writes. Only
 * its configuration (JSON) and its numbers are read: no Java object is.
 *
 * <p>Used by one thread at a time.
 */
public final class StockNetwork {
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";

  /** Numbers of trained networks hardly get smaller in a zip; zeros get a thousand times so. */
  private static final int MOST_INFLATED = 50;

  private static final int SMALL_ENTRY = 1 << 20;
  private static final int LARGEST_ENTRY = Integer.MAX_VALUE - 8;

  private final MultiLayerNetwork network;
  private final boolean flat;

  private StockNetwork(MultiLayerNetwork network, boolean flat) {
    this.network = network;
    this.flat = flat;
  }

  /**
   * Reads a network that takes examples of a shape, as {@code [N,C,H,W]} or as flat rows.
   *
   * @param zip the file's content
   * @param name what messages call it
   * @throws JobException INPUT if it is no such network, has fewer than two layers, or takes
   *     examples of another shape
   */
  public static StockNetwork read(byte[] zip, String name, ExampleShape shape) {
    MultiLayerNetwork network = restore(zip, name);
    if (network.getnLayers() < 2) {
      throw unusable(name, "it has one layer, but features are what its last layer is given", null);
    }
    StockNetwork whole = new StockNetwork(network, false);
    StockNetwork flat = new StockNetwork(network, true);
    INDArray one = Nd4j.zeros(shape.batchOf(1));
    RuntimeException refusal = null;
    for (StockNetwork candidate : List.of(whole, flat)) {
      try {
        candidate.beforeLastLayer(one);
        return candidate;
      } catch (RuntimeException e) {
        refusal = e;
      }
    }
    throw unusable(
        name,
        "it does not take the examples, %s or rows of %d numbers: %s"
            .formatted(Arrays.toString(shape.batchOf(1)), shape.size(), refusal.getMessage()),
        refusal);
  }

  private static MultiLayerNetwork restore(byte[] zip, String name) {
    Map<String, byte[]> entries = entries(zip, name);
    if (!entries.keySet().containsAll(List.of(CONFIGURATION, PARAMETERS))) {
      throw unusable(
          name, "there is no %s and %s in it".formatted(CONFIGURATION, PARAMETERS), null);
    }
    try {
      String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
      MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(json));
      byte[] parameters = entries.get(PARAMETERS);
      network.init(Nd4j.read(new DataInputStream(new ByteArrayInputStream(parameters))), false);
      return network;
    } catch (RuntimeException e) {
      throw unusable(name, e.getMessage(), e);
    }
  }

  private static Map<String, byte[]> entries(byte[] zip, String name) {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry e = stream.getNextEntry(); e != null; e = stream.getNextEntry()) {
        if (e.getName().equals(CONFIGURATION) || e.getName().equals(PARAMETERS)) {
          entries.put(e.getName(), content(stream, zip.length, name));
        }
      }
      return entries;
    } catch (IOException e) {
      throw unusable(name, e.getMessage(), e);
    }
  }

  /** An entry that may be inflated from little, but not to all memory. */
  private static byte[] content(ZipInputStream entry, int zipLength, String name)
      throws IOException {
    int most = (int) Math.min(LARGEST_ENTRY, SMALL_ENTRY + (long) zipLength * MOST_INFLATED);
    byte[] content = entry.readNBytes(most);
    if (entry.read() >= 0) {
      throw unusable(
          name,
          "a file of more than %,d bytes is in it, too many for a zip of %,d"
              .formatted(most, zipLength),
          null);
    }
    return content;
  }

  private static JobException unusable(String name, String reason, Exception cause) {
    return new JobException(
        ExitCode.INPUT,
        "%s can't give features: %s. A MultiLayerNetwork was expected, as ModelSerializer.writeModel saves it, of two layers or more, for these examples."
            .formatted(name, reason),
        cause);
  }

  /**
   * The activations that the last layer is given, in inference mode, whatever numbers the network
   * computes with.
   *
   * @param examples {@code [N,C,H,W]} or {@code [N,F]}, C order
   * @return {@code [N, features]} as float32
   */
  public INDArray beforeLastLayer(INDArray examples) {
    INDArray input = flat ? examples.reshape('c', examples.size(0), -1) : examples;
    List<INDArray> activations =
        network.feedForwardToLayer(
            network.getnLayers() - 2, input.dup('c').castTo(network.params().dataType()), false);
    INDArray last = activations.get(activations.size() - 1).castTo(DataType.FLOAT);
    return last.dup('c').reshape('c', examples.size(0), -1);
  }
}
