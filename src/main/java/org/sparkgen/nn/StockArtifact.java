package org.sparkgen.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.sparkgen.config.Activation;

/**
 * Writes a network as the zip that DL4J's {@code ModelSerializer} restores, without any class of
 * this project. The published network ends with the network's {@link Head}.
 */
public final class StockArtifact {
  private static final boolean WITHOUT_UPDATER = false;

  private StockArtifact() {}

  /** The zip's bytes. */
  public static byte[] zip(Net net) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(published(net), bytes, WITHOUT_UPDATER);
    } catch (IOException e) {
      throw new UncheckedIOException("writing network " + net.name() + " to memory", e);
    }
    return bytes.toByteArray();
  }

  private static MultiLayerNetwork published(Net net) {
    return switch (net.definition().head()) {
      case NONE -> net.stockAsComputed();
      case SIGMOID ->
          new TransferLearning.Builder(net.stockAsComputed())
              .fineTuneConfiguration(new FineTuneConfiguration.Builder().build())
              .addLayer(
                  new ActivationLayer.Builder()
                      .activation(LayerStack.stock(Activation.SIGMOID))
                      .build())
              .build();
    };
  }
}
