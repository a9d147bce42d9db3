package org.sparkgen.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The convolutional GAN as DL4J's users write it: the discriminator fits real images, then
 * generated ones; the generator is trained inside a stack of both, where the discriminator has
 * learning rate 0; parameters are copied between the three networks.
 */
final class StockGan implements StockTrainer {
  private static final int LATENT = 64;
  private static final int HIDDEN = 1024;
  private static final int CHANNELS = 128;
  private static final int INNER = 7;
  private static final int FLAT = CHANNELS * INNER * INNER;
  private static final double LEAK = 0.2;
  private static final IActivation IDENTITY = new ActivationIdentity();

  /** Among the generator's layers, the one that takes images; among the discriminator's, rows. */
  private static final int FIRST_DECONVOLUTION = 4;

  private static final int FIRST_DENSE = 3;

  private final StockImages images;
  private final MultiLayerNetwork generator;
  private final MultiLayerNetwork discriminator;
  private final MultiLayerNetwork stack;
  private final INDArray stackedGenerator;
  private final INDArray stackedDiscriminator;

  StockGan(StockImages images) {
    this.images = images;
    IUpdater adam = new Adam(2e-4, 0.5, 0.999, 1e-8);
    List<BaseLayer> generating = generatorLayers();
    generator = network(adam, generating, FIRST_DECONVOLUTION, -1);
    discriminator = network(adam, discriminatorLayers(adam), -1, FIRST_DENSE);
    List<BaseLayer> both = new ArrayList<>(generating);
    both.addAll(discriminatorLayers(new Sgd(0)));
    stack = network(adam, both, FIRST_DECONVOLUTION, generating.size() + FIRST_DENSE);
    long boundary = generator.numParams();
    stackedGenerator = part(stack.params(), 0, boundary);
    stackedDiscriminator = part(stack.params(), boundary, stack.numParams());
    stackedGenerator.assign(part(generator.params(), 0, boundary));
  }

  private static INDArray part(INDArray parameters, long from, long to) {
    return parameters.reshape(parameters.length()).get(NDArrayIndex.interval(from, to));
  }

  private static List<BaseLayer> generatorLayers() {
    IActivation relu = new ActivationReLU();
    return List.of(
        StockLayers.dense(LATENT, HIDDEN, Activation.IDENTITY).build(),
        StockLayers.batchNorm(HIDDEN, relu).build(),
        StockLayers.dense(HIDDEN, FLAT, Activation.IDENTITY).build(),
        StockLayers.batchNorm(FLAT, relu).build(),
        StockLayers.deconvolution(CHANNELS, 64, Activation.IDENTITY).build(),
        StockLayers.batchNorm(64, relu).build(),
        StockLayers.deconvolution(64, 1, Activation.SIGMOID).build());
  }

  private static List<BaseLayer> discriminatorLayers(IUpdater updater) {
    IActivation leaky = new ActivationLReLU(LEAK);
    return List.of(
        StockLayers.convolution(1, 64, leaky).updater(updater).build(),
        StockLayers.convolution(64, CHANNELS, IDENTITY).updater(updater).build(),
        StockLayers.batchNorm(CHANNELS, leaky).updater(updater).build(),
        StockLayers.dense(FLAT, HIDDEN, Activation.IDENTITY).updater(updater).build(),
        StockLayers.batchNorm(HIDDEN, leaky).updater(updater).build(),
        new OutputLayer.Builder(LossFunction.XENT)
            .nIn(HIDDEN)
            .nOut(1)
            .activation(Activation.SIGMOID)
            .updater(updater)
            .build());
  }

  private static MultiLayerNetwork network(
      IUpdater updater, List<BaseLayer> layers, int unflattened, int flattened) {
    ListBuilder list = StockLayers.network(updater).list();
    layers.forEach(layer -> list.layer(layer.clone()));
    if (unflattened >= 0) {
      list.inputPreProcessor(unflattened, new FeedForwardToCnnPreProcessor(INNER, INNER, CHANNELS));
    }
    if (flattened >= 0) {
      list.inputPreProcessor(flattened, new CnnToFeedForwardPreProcessor(INNER, INNER, CHANNELS));
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  @Override
  public long epoch(int epoch) {
    images.shuffle(epoch);
    int count = images.batchSize();
    INDArray ones = Nd4j.ones(count, 1);
    INDArray zeros = Nd4j.zeros(count, 1);
    for (int i = 0; i < images.batches(); i++) {
      INDArray noise = Nd4j.randn(count, LATENT);
      discriminator.fit(images.images(i), ones);
      discriminator.fit(generator.output(noise), zeros);
      stackedDiscriminator.assign(part(discriminator.params(), 0, discriminator.numParams()));
      stack.fit(noise, ones);
      generator.params().assign(stackedGenerator.reshape(generator.params().shape()));
    }
    return (long) images.batches() * count;
  }

  @Override
  public double score() {
    return discriminator.score();
  }

  @Override
  public String description() {
    return "MultiLayerNetwork.fit of the discriminator on real, then on generated images, and of a"
        + " stack with the discriminator at rate 0; parameters copied";
  }
}
