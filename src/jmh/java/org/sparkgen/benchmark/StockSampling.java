package org.sparkgen.benchmark;

import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaVertex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** z = mean + exp(log variance / 2) * noise, of three inputs in that order. */
final class StockSampling extends SameDiffLambdaVertex {
  private static final long serialVersionUID = 1L;

  @Override
  public SDVariable defineVertex(SameDiff sameDiff, VertexInputs inputs) {
    SDVariable deviation = sameDiff.math().exp(inputs.getInput(1).mul(0.5));
    return inputs.getInput(0).add(deviation.mul(inputs.getInput(2)));
  }
}
