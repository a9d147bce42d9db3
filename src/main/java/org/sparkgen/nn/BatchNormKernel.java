package org.sparkgen.nn;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

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
  private INDArray mean;
  private INDArray variance;
  private Normalised latest;

  /** Gamma, beta, running mean and running variance, each {@code [C]}. */
  record Views(INDArray gamma, INDArray beta, INDArray mean, INDArray variance) {
    static Views of(Map<String, INDArray> byName) {
      return new Views(
          byName.get("gamma"), byName.get("beta"), byName.get("mean"), byName.get("var"));
    }
  }

  /**
   * A centred input on its way to the output.
   *
   * @param centred input minus mean
   * @param deviation square root of variance plus epsilon, {@code [C]}
   * @param scale gamma / deviation, {@code [C]}
   * @param scales the same for every number of the input
   */
  private record Normalised(
      INDArray centred, INDArray deviation, INDArray scale, INDArray scales) {}

  BatchNormKernel(double epsilon, double decay, LayerViews views) {
    this.epsilon = epsilon;
    this.decay = decay;
    this.parameters = Views.of(views.parameters());
    this.gradients = Views.of(views.gradients());
  }

  @Override
  public INDArray forward(INDArray x, Mode mode) {
    if (mode == Mode.INFERENCE) {
      return output(normalised(centred(x, parameters.mean()), parameters.variance()));
    }
    mean = Arrays2d.channelSums(x).divi(perChannel(x));
    INDArray centred = centred(x, mean);
    variance = Arrays2d.channelSums(centred.mul(centred)).divi(perChannel(x));
    latest = normalised(centred, variance);
    return output(latest);
  }

  /** Numbers per channel. */
  private static double perChannel(INDArray x) {
    return (double) x.length() / x.size(1);
  }

  private static INDArray centred(INDArray x, INDArray centre) {
    return Arrays2d.addToChannels(x, centre.neg(), Arrays2d.empty(x, x.shape()));
  }

  private Normalised normalised(INDArray centred, INDArray spread) {
    INDArray deviation = Transforms.sqrt(spread.add(epsilon), false);
    INDArray scale = parameters.gamma().div(deviation);
    return new Normalised(centred, deviation, scale, Arrays2d.spread(scale, centred.shape()));
  }

  private INDArray output(Normalised x) {
    INDArray y = x.centred().mul(x.scales());
    return Arrays2d.addToChannels(y, parameters.beta(), y);
  }

  /**
   * With c the centred input, s = gamma / deviation and means over the numbers of a channel: {@code
   * s (error - mean(error) - c mean(error c) / deviation^2)}.
   */
  @Override
  public INDArray backward(INDArray error, ParameterGradients keep, InputError inputError) {
    INDArray centred = latest.centred();
    INDArray errorSums = Arrays2d.channelSums(error);
    INDArray productSums = Arrays2d.channelSums(error.mul(centred)).divi(latest.deviation());
    accumulate(keep, productSums, errorSums);
    double share = 1 / perChannel(error);
    INDArray result = error.muli(latest.scales());
    Arrays2d.addToChannels(result, errorSums.muli(latest.scale()).muli(-share), result);
    INDArray slope = productSums.muli(latest.scale()).divi(latest.deviation()).muli(share);
    return result.subi(Arrays2d.spread(slope, centred.shape()).muli(centred));
  }

  private void accumulate(ParameterGradients keep, INDArray gammaPart, INDArray betaPart) {
    switch (keep) {
      case SKIP -> {}
      case REPLACE -> {
        gradients.gamma().assign(gammaPart);
        gradients.beta().assign(betaPart);
        gradients.mean().assign(step(parameters.mean(), mean));
        gradients.variance().assign(step(parameters.variance(), variance));
      }
      case ADD -> {
        gradients.gamma().addi(gammaPart);
        gradients.beta().addi(betaPart);
        gradients.mean().addi(step(parameters.mean(), mean));
        gradients.variance().addi(step(parameters.variance(), variance));
      }
    }
  }

  /** What is subtracted from a running statistic to bring it nearer to the batch's. */
  private INDArray step(INDArray running, INDArray batch) {
    return running.sub(batch).muli(1 - decay);
  }
}
