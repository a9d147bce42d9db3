package org.sparkgen.nn;

import java.util.ArrayList;
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
import org.nd4j.linalg.api.ndarray.INDArray;

/** Chooses the kernels that compute a stock layer and what stands before it. */
final class KernelFactory {
  private KernelFactory() {}

  static List<Kernel> kernels(InputPreProcessor before, Layer layer, LayerViews views) {
    List<Kernel> kernels = new ArrayList<>();
    if (before instanceof CnnToFeedForwardPreProcessor flatten) {
      kernels.add(
          new ReshapeKernel(
              flatten.getNumChannels() * flatten.getInputHeight() * flatten.getInputWidth()));
    } else if (before instanceof FeedForwardToCnnPreProcessor image) {
      kernels.add(
          new ReshapeKernel(image.getNumChannels(), image.getInputHeight(), image.getInputWidth()));
    }
    kernels.add(kernel(layer.conf().getLayer(), views));
    return kernels;
  }

  private static Kernel kernel(org.deeplearning4j.nn.conf.layers.Layer layer, LayerViews views) {
    if (layer instanceof DenseLayer) {
      return new DenseKernel(
          views.parameter("W"),
          flat(views.parameter("b")),
          views.gradient("W"),
          flat(views.gradient("b")));
    }
    if (layer instanceof ConvolutionLayer convolution) {
      Strides2d strides =
          new Strides2d(
              convolution.getKernelSize()[0],
              convolution.getStride()[0],
              convolution.getPadding()[0]);
      INDArray weights = views.parameter("W");
      INDArray bias = flat(views.parameter("b"));
      return layer instanceof Deconvolution2D
          ? new DeconvolutionKernel(
              strides, weights, bias, views.gradient("W"), flat(views.gradient("b")))
          : new ConvolutionKernel(
              strides, weights, bias, views.gradient("W"), flat(views.gradient("b")));
    }
    if (layer instanceof BatchNormalization norm) {
      return new BatchNormKernel(
          norm.getEps(),
          norm.getDecay(),
          normViews(views.parameters()),
          normViews(views.gradients()));
    }
    if (layer instanceof ActivationLayer activation) {
      return new ActivationKernel(LayerStack.ours(activation.getActivationFn()));
    }
    throw new IllegalArgumentException("no kernel for layer " + layer.getClass().getSimpleName());
  }

  private static BatchNormKernel.Views normViews(java.util.Map<String, INDArray> views) {
    return new BatchNormKernel.Views(
        flat(views.get("gamma")),
        flat(views.get("beta")),
        flat(views.get("mean")),
        flat(views.get("var")));
  }

  private static INDArray flat(INDArray view) {
    return view.reshape(view.length());
  }
}
