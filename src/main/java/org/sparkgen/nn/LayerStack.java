package org.sparkgen.nn;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.sparkgen.config.Activation;
import org.sparkgen.config.NetworkConfig;

/** Writes a stack of stock DL4J layers, keeping count of what comes out of the last one. */
final class LayerStack {
  private final NeuralNetConfiguration.ListBuilder layers;
  private int count;
  private InputPreProcessor pending;

  LayerStack(IUpdater updater, long seed, DataType type) {
    layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(type)
            .updater(updater)
            .weightInit(WeightInit.XAVIER)
            // The losses' gradients are means over the batch already.
            .miniBatch(false)
            .list();
  }

  /** A dense layer without activation. */
  void dense(long inputs, long outputs, WeightInit init) {
    add(
        new DenseLayer.Builder()
            .nIn(inputs)
            .nOut(outputs)
            .weightInit(init)
            .activation(new ActivationIdentity())
            .build());
  }

  /** A convolution without activation that divides both sides by the stride. */
  void convolution(NetworkConfig network, long inputs, long outputs, WeightInit init) {
    add(
        strided(
                new ConvolutionLayer.Builder(network.kernel(), network.kernel()),
                network,
                inputs,
                outputs,
                init)
            .build());
  }

  /** A deconvolution without activation that multiplies both sides by the stride. */
  void deconvolution(NetworkConfig network, long inputs, long outputs, WeightInit init) {
    add(
        strided(
                new Deconvolution2D.Builder(network.kernel(), network.kernel()),
                network,
                inputs,
                outputs,
                init)
            .build());
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> T strided(
      T layer, NetworkConfig network, long inputs, long outputs, WeightInit init) {
    return layer
        .stride(network.stride(), network.stride())
        .padding(network.padding(), network.padding())
        .convolutionMode(ConvolutionMode.Truncate)
        .nIn(inputs)
        .nOut(outputs)
        .weightInit(init)
        .activation(new ActivationIdentity());
  }

  void batchNorm(long features) {
    add(new BatchNormalization.Builder().useLogStd(false).nIn(features).nOut(features).build());
  }

  void activation(Activation activation) {
    add(new ActivationLayer.Builder().activation(stock(activation)).build());
  }

  /** Flattens {@code [N,C,H,W]} before the next layer. */
  void flatten(long channels, long height, long width) {
    pending = new CnnToFeedForwardPreProcessor(height, width, channels);
  }

  /** Makes {@code [N,C,H,W]} of flat rows before the next layer. */
  void unflatten(long channels, long height, long width) {
    pending = new FeedForwardToCnnPreProcessor(height, width, channels);
  }

  MultiLayerConfiguration build() {
    return layers.build();
  }

  private void add(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (pending != null) {
      layers.inputPreProcessor(count, pending);
      pending = null;
    }
    layers.layer(count++, layer);
  }

  static IActivation stock(Activation activation) {
    return switch (activation) {
      case RELU -> new ActivationReLU();
      case LEAKY_RELU -> new ActivationLReLU(ActivationKernel.LEAK);
      case TANH -> new ActivationTanH();
      case SIGMOID -> new ActivationSigmoid();
    };
  }

  /** The activation that {@link #stock} wrote. */
  static Activation ours(IActivation stock) {
    for (Activation candidate : Activation.values()) {
      if (stock.equals(stock(candidate))) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no kernel for activation " + stock);
  }
}
