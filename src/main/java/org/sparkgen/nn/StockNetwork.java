package org.sparkgen.nn;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
    try {
      StockFile file = StockFile.read(zip);
      MultiLayerNetwork network = new MultiLayerNetwork(file.configuration());
      network.init(file.parameters(), false);
      return network;
    } catch (IOException | RuntimeException e) {
      throw unusable(name, e.getMessage(), e);
    }
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
