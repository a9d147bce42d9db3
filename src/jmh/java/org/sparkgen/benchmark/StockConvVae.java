package org.sparkgen.benchmark;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The convolutional VAE as a graph of stock layers: noise is a second input, a lambda vertex
 * samples, the KL divergence is a second output's loss.
 */
final class StockConvVae implements StockTrainer {
  private static final int LATENT = 32;
  private static final int HIDDEN = 256;
  private static final int CHANNELS = 64;
  private static final int INNER = 7;
  private static final int FLAT = CHANNELS * INNER * INNER;

  private final StockImages images;
  private final ComputationGraph graph;

  StockConvVae(StockImages images) {
    this.images = images;
    GraphBuilder layers =
        StockLayers.network(new Adam(1e-3)).graphBuilder().addInputs("image", "noise");
    encoder(layers);
    decoder(layers);
    ComputationGraphConfiguration configuration = layers.setOutputs("reconstruction", "kl").build();
    this.graph = new ComputationGraph(configuration);
    graph.init();
  }

  private static void encoder(GraphBuilder layers) {
    layers
        .addLayer("conv1", StockLayers.convolution(1, 32, new ActivationReLU()).build(), "image")
        .addLayer(
            "conv2", StockLayers.convolution(32, CHANNELS, new ActivationReLU()).build(), "conv1")
        .addLayer(
            "hidden",
            StockLayers.dense(FLAT, HIDDEN, Activation.RELU).build(),
            new CnnToFeedForwardPreProcessor(INNER, INNER, CHANNELS),
            "conv2")
        .addLayer(
            "code", StockLayers.dense(HIDDEN, 2 * LATENT, Activation.IDENTITY).build(), "hidden")
        .addVertex("mean", new SubsetVertex(0, LATENT - 1), "code")
        .addVertex("logVariance", new SubsetVertex(LATENT, 2 * LATENT - 1), "code")
        .addVertex("sample", new StockSampling(), "mean", "logVariance", "noise")
        .addLayer(
            "kl",
            new LossLayer.Builder(new StockKl()).activation(Activation.IDENTITY).build(),
            "code");
  }

  private static void decoder(GraphBuilder layers) {
    layers
        .addLayer("decoder1", StockLayers.dense(LATENT, HIDDEN, Activation.RELU).build(), "sample")
        .addLayer("decoder2", StockLayers.dense(HIDDEN, FLAT, Activation.RELU).build(), "decoder1")
        .addLayer(
            "deconv1",
            StockLayers.deconvolution(CHANNELS, 32, Activation.RELU).build(),
            new FeedForwardToCnnPreProcessor(INNER, INNER, CHANNELS),
            "decoder2")
        .addLayer(
            "deconv2", StockLayers.deconvolution(32, 1, Activation.IDENTITY).build(), "deconv1")
        .addLayer(
            "reconstruction",
            new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
            new CnnToFeedForwardPreProcessor(StockImages.SIDE, StockImages.SIDE, 1),
            "deconv2");
  }

  @Override
  public long epoch(int epoch) {
    images.shuffle(epoch);
    int count = images.batchSize();
    INDArray unused = Nd4j.zeros(count, 2 * LATENT);
    for (int i = 0; i < images.batches(); i++) {
      INDArray batch = images.images(i);
      graph.fit(
          new INDArray[] {batch, Nd4j.randn(count, LATENT)},
          new INDArray[] {batch.reshape(count, StockImages.PIXELS), unused});
    }
    return (long) images.batches() * count;
  }

  @Override
  public double score() {
    return graph.score();
  }

  @Override
  public String description() {
    return "ComputationGraph.fit: stock layers, SameDiffLambdaVertex to sample, KL as a loss";
  }
}
