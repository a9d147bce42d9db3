package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The square window of a strided convolution, and ND4J's operations with it.
 *
 * @param kernel side of the window
 * @param stride distance of neighbouring windows
 * @param padding rows and columns of zeros around the outer image
 */
record Window(int kernel, int stride, int padding) {
  /** The window of a product at every pixel. */
  static final Window PIXEL = new Window(1, 1, 0);

  /** Side of the inner image, which has one pixel per window. */
  long inner(long outer) {
    return (outer + 2L * padding - kernel) / stride + 1;
  }

  /** Side of the outer image, over which the windows lie. */
  long outer(long inner) {
    return (inner - 1) * stride + kernel - 2L * padding;
  }

  /** Convolves {@code [N,outer,H,W]} with weights {@code [inner,outer,k,k]}. */
  INDArray convolve(INDArray x, INDArray weights) {
    INDArray y =
        Arrays2d.empty(weights, x.size(0), weights.size(0), inner(x.size(2)), inner(x.size(3)));
    run("conv2d", List.of(x, weights), List.of(y));
    return y;
  }

  /** The adjoint: {@code [N,inner,H,W]} with weights {@code [inner,outer,k,k]}. */
  INDArray deconvolve(INDArray x, INDArray weights) {
    INDArray y =
        Arrays2d.empty(weights, x.size(0), weights.size(1), outer(x.size(2)), outer(x.size(3)));
    run("deconv2d", List.of(x, weights), List.of(y));
    return y;
  }

  /** Runs one of the convolution operations. */
  void run(String operation, List<INDArray> inputs, List<INDArray> outputs) {
    int undilated = 1;
    // Other padding modes fall off oneDNN.
    int explicitPadding = 0;
    int channelsFirst = 0;
    int weightsChannelsFirst = 1;
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs.toArray(new INDArray[0]))
            .addOutputs(outputs.toArray(new INDArray[0]))
            .addIntegerArguments(
                kernel,
                kernel,
                stride,
                stride,
                padding,
                padding,
                undilated,
                undilated,
                explicitPadding,
                channelsFirst,
                weightsChannelsFirst)
            .build());
  }

  /** Adds up columns {@code [N,C,k,k,h,w]} of the inner image in the outer {@code [N,C,H,W]}. */
  INDArray sumColumns(INDArray columns) {
    long height = outer(columns.size(4));
    long width = outer(columns.size(5));
    INDArray image = Arrays2d.empty(columns, columns.size(0), columns.size(1), height, width);
    int explicitPadding = 0;
    int undilated = 1;
    Nd4j.exec(
        DynamicCustomOp.builder("col2im")
            .addInputs(columns)
            .addOutputs(image)
            .addIntegerArguments(
                stride,
                stride,
                padding,
                padding,
                Math.toIntExact(height),
                Math.toIntExact(width),
                undilated,
                undilated,
                explicitPadding)
            .build());
    return image;
  }
}
