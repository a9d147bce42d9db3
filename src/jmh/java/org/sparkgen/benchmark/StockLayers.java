package org.sparkgen.benchmark;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.learning.config.IUpdater;

/** DL4J's layers as the workloads have them. */
final class StockLayers {
  private static final int KERNEL = 4;
  private static final int STRIDE = 2;
  private static final int PADDING = 1;

  private StockLayers() {}

  static NeuralNetConfiguration.Builder network(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(0)
        .updater(updater)
        .weightInit(WeightInit.XAVIER);
  }

  static DenseLayer.Builder dense(int inputs, int outputs, Activation activation) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(activation);
  }

  static ConvolutionLayer.Builder convolution(int inputs, int outputs, IActivation activation) {
    return new ConvolutionLayer.Builder(KERNEL, KERNEL)
        .stride(STRIDE, STRIDE)
        .padding(PADDING, PADDING)
        .convolutionMode(ConvolutionMode.Truncate)
        .nIn(inputs)
        .nOut(outputs)
        .activation(activation);
  }

  static Deconvolution2D.Builder deconvolution(int inputs, int outputs, Activation activation) {
    return new Deconvolution2D.Builder(KERNEL, KERNEL)
        .stride(STRIDE, STRIDE)
        .padding(PADDING, PADDING)
        .convolutionMode(ConvolutionMode.Truncate)
        .nIn(inputs)
        .nOut(outputs)
        .activation(activation);
  }

  static BatchNormalization.Builder batchNorm(int features, IActivation activation) {
    return new BatchNormalization.Builder().nIn(features).nOut(features).activation(activation);
  }
}
