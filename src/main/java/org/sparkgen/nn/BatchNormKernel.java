package org.sparkgen.nn;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) per feature of {@code [N,F]} or per channel of
 * {@code [N,C,H,W]}, with biased batch variance.
 *
 * <p>The running statistics are parameters, as in DL4J: their "gradient" is the step of the moving
 * average, which an updater without learning rate applies.
 */
final class BatchNormKernel implements Kernel {
  private final double epsilon;
  private final double decay;
  private final Views parameters;
  private final Views gradients;
  private INDArray input;
  private INDArray mean;
  private INDArray variance;

  /** Gamma, beta, running mean and running variance, each {@code [C]}. */
  record Views(INDArray gamma, INDArray beta, INDArray mean, INDArray variance) {
    static Views of(Map<String, INDArray> byName) {
      return new Views(
          byName.get("gamma"), byName.get("beta"), byName.get("mean"), byName.get("var"));
    }
  }

  BatchNormKernel(double epsilon, double decay, LayerViews views) {
    this.epsilon = epsilon;
    this.decay = decay;
    this.parameters = Views.of(views.parameters());
    this.gradients = Views.of(views.gradients());
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    if (mode == Mode.INFERENCE) {
      return normalise(x, parameters.mean(), parameters.variance());
    }
    double count = (double) x.length() / x.size(1);
    input = x;
    mean = Arrays2d.channelSums(x).divi(count);
    INDArray centred = Arrays2d.addToChannels(x, mean.neg(), Arrays2d.empty(x, x.shape()));
    variance = Arrays2d.channelSums(centred.muli(centred)).divi(count);
    return normalise(x, mean, variance);
  }

  private INDArray normalise(INDArray x, INDArray centre, INDArray spread) {
    INDArray y = Arrays2d.empty(x, x.shape());
    Nd4j.exec(
        operation("batchnorm")
            .addInputs(x, centre, spread, parameters.gamma(), parameters.beta())
            .addOutputs(y)
            .build());
    return y;
  }

  @Override
  public INDArray backward(INDArray error, ParameterGradients keep, InputError inputError) {
    INDArray result = Arrays2d.empty(error, error.shape());
    INDArray gammaPart = Arrays2d.empty(error, mean.length());
    INDArray betaPart = Arrays2d.empty(error, mean.length());
    Nd4j.exec(
        operation("batchnorm_bp")
            .addInputs(input, mean, variance, parameters.gamma(), parameters.beta(), error)
            .addOutputs(
                result,
                Arrays2d.empty(error, mean.length()),
                Arrays2d.empty(error, mean.length()),
                gammaPart,
                betaPart)
            .build());
    INDArray meanStep = parameters.mean().sub(mean).muli(1 - decay);
    INDArray varianceStep = parameters.variance().sub(variance).muli(1 - decay);
    switch (keep) {
      case SKIP -> {}
      case REPLACE -> {
        gradients.gamma().assign(gammaPart);
        gradients.beta().assign(betaPart);
        gradients.mean().assign(meanStep);
        gradients.variance().assign(varianceStep);
      }
      case ADD -> {
        gradients.gamma().addi(gammaPart);
        gradients.beta().addi(betaPart);
        gradients.mean().addi(meanStep);
        gradients.variance().addi(varianceStep);
      }
    }
    return result;
  }

  private DynamicCustomOp.DynamicCustomOpsBuilder operation(String name) {
    int scale = 1;
    int shift = 1;
    int channelAxis = 1;
    return DynamicCustomOp.builder(name)
        .addIntegerArguments(scale, shift, channelAxis)
        .addFloatingPointArguments(epsilon);
  }
}
