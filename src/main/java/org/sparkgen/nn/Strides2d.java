package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's convolution operations on NCHW arrays with explicit padding, which oneDNN runs at the
 * core's speed. Weights are {@code [out,in,kH,kW]} for a convolution and {@code [in,out,kH,kW]} for
 * a deconvolution, so that each is the other's adjoint with the same array.
 */
final class Strides2d {
  private final int[] arguments;
  private final int kernel;
  private final int stride;
  private final int padding;

  Strides2d(int kernel, int stride, int padding) {
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    int explicitPadding = 0;
    int channelsFirst = 0;
    int outputChannelsFirst = 1;
    this.arguments =
        new int[] {
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1,
          explicitPadding,
          channelsFirst,
          outputChannelsFirst
        };
  }

  /** Side of a convolution's output. */
  long convolved(long side) {
    return (side + 2L * padding - kernel) / stride + 1;
  }

  /** Side of a deconvolution's output. */
  long deconvolved(long side) {
    return (side - 1) * stride + kernel - 2L * padding;
  }

  /** Runs {@code conv2d}, {@code deconv2d} or one of their {@code _bp} operations. */
  void run(String operation, List<INDArray> inputs, List<INDArray> outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs.toArray(new INDArray[0]))
            .addOutputs(outputs.toArray(new INDArray[0]))
            .addIntegerArguments(arguments)
            .build());
  }
}
