package org.sparkgen.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.sparkgen.config.Activation;
import org.sparkgen.config.ExampleShape;
import org.sparkgen.config.ImageShape;
import org.sparkgen.config.NetworkConfig;
import org.sparkgen.config.OptimizerConfig;

/**
 * Builds the networks of every family from a {@link NetworkConfig}: inwards from an example to a
 * vector (encoder, discriminator), or outwards from a vector to an example (decoder, generator),
 * with the same layers mirrored.
 *
 * <p>A convolutional network is the DCGAN of Radford et al. (2015) with dense layers next to the
 * vector; batch normalisation, where asked for, follows every hidden layer except the one next to
 * the example on the way in.
 */
public final class Architecture {
  private final ExampleShape shape;
  private final NetworkConfig network;
  private final OptimizerConfig optimizer;
  private final DataType type;

  /** Networks over examples of a shape, computing in float or, for gradient checks, in double. */
  public Architecture(
      ExampleShape shape, NetworkConfig network, OptimizerConfig optimizer, DataType type) {
    this.shape = shape;
    this.network = network;
    this.optimizer = optimizer;
    this.type = type;
  }

  /**
   * A network from an example to a vector.
   *
   * @param name the role
   * @param outputs length of the vector, without activation
   * @param activation hidden activation
   * @param seed of the initial weights
   */
  public Net inwards(String name, int outputs, Activation activation, long seed) {
    return inwards(name, outputs, activation, WeightNormalization.NONE, seed);
  }

  /**
   * A network from an example to a vector.
   *
   * @param name the role
   * @param outputs length of the vector, without activation
   * @param activation hidden activation
   * @param normalization what it computes with in place of its weights
   * @param seed of the initial weights
   */
  public Net inwards(
      String name,
      int outputs,
      Activation activation,
      WeightNormalization normalization,
      long seed) {
    LayerStack stack = new LayerStack(updater(), seed, type);
    long features = shape.size();
    List<Long> inputShape = List.of(features);
    if (convolutional()) {
      ImageShape image = (ImageShape) shape;
      inputShape = List.of((long) image.channels(), (long) image.height(), (long) image.width());
      long channels = image.channels();
      for (int i = 0; i < network.filters().size(); i++) {
        stack.convolution(network, channels, network.filters().get(i), init(activation));
        channels = network.filters().get(i);
        hidden(stack, channels, activation, i > 0);
      }
      ImageShape inner = innermost(image);
      stack.flatten(channels, inner.height(), inner.width());
      features = inner.size();
    }
    for (int i = 0; i < network.hidden().size(); i++) {
      stack.dense(features, network.hidden().get(i), init(activation));
      features = network.hidden().get(i);
      hidden(stack, features, activation, convolutional() || i > 0);
    }
    stack.dense(features, outputs, WeightInit.XAVIER);
    return new Net(
        new NetDefinition(
            name, stack.build(), inputShape, Head.NONE, normalization, optimizer.clipNorm()));
  }

  /**
   * A network from a latent vector, followed by a class as a one-hot vector, to an example.
   *
   * <p>The class begins with the same say as the whole latent vector: the weights of its inputs, of
   * which one is 1 where each latent is about 1, are drawn √latents times as wide as the others.
   * Else it is one voice among many, and a decoder that has learned to read classes from latents
   * has no use for it.
   *
   * @param name the role
   * @param latents length of the latent vector
   * @param classes length of the one-hot vector, 0 for none
   * @param output activation of the last layer, if it is part of what is trained
   * @param head what the published network adds
   * @param seed of the initial weights
   */
  public Net outwards(
      String name, int latents, int classes, Optional<Activation> output, Head head, long seed) {
    LayerStack stack = new LayerStack(updater(), seed, type);
    Activation activation = network.activation();
    long inputs = (long) latents + classes;
    long features = inputs;
    for (int size : reversed(network.hidden())) {
      stack.dense(features, size, init(activation));
      features = size;
      hidden(stack, features, activation, true);
    }
    if (convolutional()) {
      deconvolutions(stack, features, (ImageShape) shape);
    } else {
      stack.dense(features, shape.size(), WeightInit.XAVIER);
    }
    output.ifPresent(stack::activation);
    Net net =
        new Net(
            new NetDefinition(
                name,
                stack.build(),
                List.of(inputs),
                head,
                WeightNormalization.NONE,
                optimizer.clipNorm()));
    if (classes > 0) {
      net.scaleInputWeights(latents, Math.sqrt(latents));
    }
    return net;
  }

  private void deconvolutions(LayerStack stack, long features, ImageShape image) {
    Activation activation = network.activation();
    ImageShape inner = innermost(image);
    stack.dense(features, inner.size(), init(activation));
    hidden(stack, inner.size(), activation, true);
    stack.unflatten(inner.channels(), inner.height(), inner.width());
    List<Integer> channels = new ArrayList<>(reversed(network.filters()));
    for (int i = 0; i + 1 < channels.size(); i++) {
      stack.deconvolution(network, channels.get(i), channels.get(i + 1), init(activation));
      hidden(stack, channels.get(i + 1), activation, true);
    }
    stack.deconvolution(
        network, channels.get(channels.size() - 1), image.channels(), WeightInit.XAVIER);
  }

  private void hidden(
      LayerStack stack, long features, Activation activation, boolean normalisable) {
    if (network.batchNorm() && normalisable) {
      stack.batchNorm(features);
    }
    stack.activation(activation);
  }

  private boolean convolutional() {
    return network.network() == NetworkConfig.Kind.CONV;
  }

  /** The shape after the last convolution. */
  private ImageShape innermost(ImageShape image) {
    int height = image.height();
    int width = image.width();
    for (int i = 0; i < network.filters().size(); i++) {
      height /= network.stride();
      width /= network.stride();
    }
    return new ImageShape(network.filters().get(network.filters().size() - 1), height, width);
  }

  /** He's initialisation for rectifiers, Glorot's for the others. */
  private static WeightInit init(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU -> WeightInit.RELU;
      case TANH, SIGMOID -> WeightInit.XAVIER;
    };
  }

  private IUpdater updater() {
    double rate = optimizer.learningRate();
    return switch (optimizer.kind()) {
      case ADAM -> new Adam(rate, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
      case SGD -> new Sgd(rate);
      case NESTEROV -> new Nesterovs(rate, optimizer.momentum());
    };
  }

  private static List<Integer> reversed(List<Integer> sizes) {
    List<Integer> copy = new ArrayList<>(sizes);
    Collections.reverse(copy);
    return copy;
  }
}
