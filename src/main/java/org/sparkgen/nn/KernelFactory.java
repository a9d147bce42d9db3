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
import org.sparkgen.nn.StridedProducts.Direction;

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
      return new DenseKernel(views);
    }
    if (layer instanceof ConvolutionLayer convolution) {
      return new StridedKernel(
          layer instanceof Deconvolution2D ? Direction.OUTWARDS : Direction.INWARDS,
          new Window(
              convolution.getKernelSize()[0],
              convolution.getStride()[0],
              convolution.getPadding()[0]),
          views);
    }
    if (layer instanceof BatchNormalization norm) {
      return new BatchNormKernel(norm.getEps(), norm.getDecay(), views);
    }
    if (layer instanceof ActivationLayer activation) {
      return new ActivationKernel(LayerStack.ours(activation.getActivationFn()));
    }
    throw new IllegalArgumentException("no kernel for layer " + layer.getClass().getSimpleName());
  }
}
