package org.sparkgen.model;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.data.Pixels;
import org.sparkgen.nn.StockNetwork;

/** A user's Deeplearning4j network: its features are the activations before its last layer. */
public final class StockFeatureNetwork implements FeatureNetwork {
  private final StockNetwork network;

  /** Features of a network whose input has the examples' shape. */
  public StockFeatureNetwork(StockNetwork network) {
    this.network = network;
  }

  @Override
  public Features look(INDArray examples) {
    INDArray features = network.beforeLastLayer(examples);
    return Features.of(Pixels.values(features), Math.toIntExact(features.size(1)));
  }
}
