package org.sparkgen.benchmark;

import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's VAE layer, trained by its own layer-wise training. */
final class StockVae implements StockTrainer {
  private static final int HIDDEN = 400;
  private static final int LATENT = 20;

  private final StockImages images;
  private final MultiLayerNetwork network;

  StockVae(StockImages images) {
    this.images = images;
    this.network =
        new MultiLayerNetwork(
            StockLayers.network(new Adam(1e-3))
                .list()
                .layer(
                    new VariationalAutoencoder.Builder()
                        .nIn(StockImages.PIXELS)
                        .nOut(LATENT)
                        .encoderLayerSizes(HIDDEN)
                        .decoderLayerSizes(HIDDEN)
                        .activation(Activation.RELU)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(
                            new BernoulliReconstructionDistribution(Activation.SIGMOID))
                        .build())
                .build());
    network.init();
  }

  @Override
  public long epoch(int epoch) {
    images.shuffle(epoch);
    for (int i = 0; i < images.batches(); i++) {
      network.pretrainLayer(0, images.rows(i));
    }
    return (long) images.batches() * images.batchSize();
  }

  @Override
  public double score() {
    return network.getLayer(0).score();
  }

  @Override
  public String description() {
    return "VariationalAutoencoder layer, MultiLayerNetwork.pretrainLayer";
  }
}
