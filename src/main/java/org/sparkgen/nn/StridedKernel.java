package org.sparkgen.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A strided convolution or deconvolution (transposed convolution) over {@code [N,C,H,W]}, by ND4J's
 * operations with explicit padding, which oneDNN runs at the core's speed.
 *
 * <p>Weights are {@code [out,in,kH,kW]} of a convolution and {@code [in,out,kH,kW]} of a
 * deconvolution, so that each is the other's adjoint with the same array: where only the error at
 * the input is wanted, the other operation computes it.
 */
final class StridedKernel implements Kernel {
  private final Direction direction;
  private final int[] arguments;
  private final LayerViews views;
  private final INDArray weights;
  private final INDArray bias;
  private INDArray input;

  /** Which way sides change: divided by the stride, or multiplied with it. */
  enum Direction {
    /** A convolution. */
    INWARDS("conv2d", 0),
    /** A deconvolution. */
    OUTWARDS("deconv2d", 1);

    private final String operation;
    private final int outputChannelAxis;

    Direction(String operation, int outputChannelAxis) {
      this.operation = operation;
      this.outputChannelAxis = outputChannelAxis;
    }

    private Direction adjoint() {
      return this == INWARDS ? OUTWARDS : INWARDS;
    }

    private long side(long side, int kernel, int stride, int padding) {
      return switch (this) {
        case INWARDS -> (side + 2L * padding - kernel) / stride + 1;
        case OUTWARDS -> (side - 1) * stride + kernel - 2L * padding;
      };
    }
  }

  /** A kernel with square windows over the parameters W and b of a layer. */
  StridedKernel(Direction direction, int kernel, int stride, int padding, LayerViews views) {
    this.direction = direction;
    this.views = views;
    this.weights = views.parameter("W");
    this.bias = views.parameter("b");
    int explicitPadding = 0;
    int channelsFirst = 0;
    int weightsChannelsFirst = 1;
    this.arguments =
        new int[] {
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1, //
          explicitPadding,
          channelsFirst,
          weightsChannelsFirst
        };
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    input = x;
    INDArray y =
        Arrays2d.empty(
            weights,
            x.size(0),
            weights.size(direction.outputChannelAxis),
            side(x.size(2)),
            side(x.size(3)));
    run(direction.operation, List.of(x, weights, bias), List.of(y));
    return y;
  }

  private long side(long side) {
    return direction.side(side, arguments[0], arguments[2], arguments[4]);
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients gradients, InputError inputError) {
    INDArray result = Arrays2d.empty(weights, input.shape());
    switch (gradients) {
      case SKIP -> run(direction.adjoint().operation, List.of(error, weights), List.of(result));
      case REPLACE -> backward(error, result, views.gradient("W"), views.gradient("b"));
      case ADD -> {
        INDArray weightPart = Arrays2d.empty(weights, weights.shape());
        INDArray biasPart = Arrays2d.empty(weights, bias.shape());
        backward(error, result, weightPart, biasPart);
        views.gradient("W").addi(weightPart);
        views.gradient("b").addi(biasPart);
      }
    }
    return inputError == InputError.NEEDED ? result : null;
  }

  private void backward(
      INDArray error, INDArray inputError, INDArray weightGradient, INDArray biasGradient) {
    run(
        direction.operation + "_bp",
        List.of(input, weights, bias, error),
        List.of(inputError, weightGradient, biasGradient));
  }

  private void run(String operation, List<INDArray> inputs, List<INDArray> outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs.toArray(new INDArray[0]))
            .addOutputs(outputs.toArray(new INDArray[0]))
            .addIntegerArguments(arguments)
            .build());
  }
}
