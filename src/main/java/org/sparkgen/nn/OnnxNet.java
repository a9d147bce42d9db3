package org.sparkgen.nn;

import static org.sparkgen.nn.OnnxAttributes.number;
import static org.sparkgen.nn.OnnxAttributes.whole;
import static org.sparkgen.nn.OnnxAttributes.wholes;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.config.Activation;

/**
 * A network as part of an {@link OnnxGraph}: what it computes in inference, with the weights that
 * its layers compute with and its {@link Head}.
 */
public final class OnnxNet {
  private static final String WEIGHTS = "W";
  private static final String BIAS = "b";

  private final OnnxGraph graph;
  private OnnxValue value;
  private OnnxValue features;

  /**
   * Adds a network to a graph.
   *
   * @param input as many numbers per example as the network takes, in any shape
   */
  public OnnxNet(OnnxGraph graph, Net net, OnnxValue input) {
    this.graph = graph;
    value = graph.reshape(input, net.definition().inputShape());
    features = value;
    MultiLayerNetwork network = net.stockAsComputed();
    for (int i = 0; i < network.getnLayers(); i++) {
      before(network.getLayerWiseConfigurations().getInputPreProcess(i));
      add(network.getLayer(i));
    }
    switch (net.definition().head()) {
      case NONE -> {}
      case SIGMOID -> activation(Activation.SIGMOID);
    }
  }

  /** What the network gives. */
  public OnnxValue output() {
    return value;
  }

  /** What its last dense layer is given, as {@link Net#features}. */
  public OnnxValue features() {
    return features;
  }

  private void before(InputPreProcessor reshaping) {
    if (reshaping instanceof CnnToFeedForwardPreProcessor) {
      value = graph.reshape(value, List.of(value.size()));
    } else if (reshaping instanceof FeedForwardToCnnPreProcessor image) {
      value =
          graph.reshape(
              value,
              List.of(image.getNumChannels(), image.getInputHeight(), image.getInputWidth()));
    }
  }

  private void add(Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer kind = layer.conf().getLayer();
    if (kind instanceof DenseLayer) {
      features = value;
      dense(layer);
    } else if (kind instanceof ConvolutionLayer convolution) {
      strided(layer, convolution);
    } else if (kind instanceof BatchNormalization norm) {
      batchNorm(layer, norm.getEps());
    } else if (kind instanceof ActivationLayer function) {
      activation(LayerStack.ours(function.getActivationFn()));
    } else {
      throw new IllegalArgumentException(
          "ONNX export knows no layer " + kind.getClass().getSimpleName());
    }
  }

  /** Weights are {@code [in,out]} in F order, whose numbers lie as {@code [out,in]} in C order. */
  private void dense(Layer layer) {
    INDArray weights = layer.getParam(WEIGHTS).transpose();
    value =
        graph.node(
            "Gemm",
            List.of(weights.size(0)),
            List.of(value.name(), graph.constant("Weights", weights), vector("Bias", layer, BIAS)),
            whole("transB", 1));
  }

  /** Both kinds have their weights as ONNX wants them: see {@link StridedKernel}. */
  private void strided(Layer layer, ConvolutionLayer convolution) {
    Window window =
        new Window(
            convolution.getKernelSize()[0],
            convolution.getStride()[0],
            convolution.getPadding()[0]);
    INDArray weights = layer.getParam(WEIGHTS);
    long height = value.shape().get(1);
    long width = value.shape().get(2);
    boolean outwards = convolution instanceof Deconvolution2D;
    List<Long> shape =
        outwards
            ? List.of(weights.size(1), window.outer(height), window.outer(width))
            : List.of(weights.size(0), window.inner(height), window.inner(width));
    value =
        graph.node(
            outwards ? "ConvTranspose" : "Conv",
            shape,
            List.of(value.name(), graph.constant("Weights", weights), vector("Bias", layer, BIAS)),
            wholes("kernel_shape", window.kernel(), window.kernel()),
            wholes("strides", window.stride(), window.stride()),
            wholes("pads", window.padding(), window.padding(), window.padding(), window.padding()));
  }

  private void batchNorm(Layer layer, double epsilon) {
    value =
        graph.node(
            "BatchNormalization",
            value.shape(),
            List.of(
                value.name(),
                vector("Gamma", layer, "gamma"),
                vector("Beta", layer, "beta"),
                vector("Mean", layer, "mean"),
                vector("Variance", layer, "var")),
            number("epsilon", epsilon));
  }

  private void activation(Activation activation) {
    List<String> input = List.of(value.name());
    value =
        switch (activation) {
          case RELU -> graph.node("Relu", value.shape(), input);
          case LEAKY_RELU ->
              graph.node("LeakyRelu", value.shape(), input, number("alpha", ActivationKernel.LEAK));
          case TANH -> graph.node("Tanh", value.shape(), input);
          case SIGMOID -> graph.node("Sigmoid", value.shape(), input);
        };
  }

  private String vector(String kind, Layer layer, String parameter) {
    INDArray values = layer.getParam(parameter);
    return graph.constant(kind, values.reshape(values.length()));
  }
}
