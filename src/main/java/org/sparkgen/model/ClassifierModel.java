package org.sparkgen.model;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.sparkgen.data.Batch;
import org.sparkgen.data.Pixels;
import org.sparkgen.loss.SoftmaxLoss;
import org.sparkgen.nn.Mode;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.ParameterGradients;
import org.sparkgen.nn.StepWorkspace;

/**
 * A classifier: one network from an example to a logit per class, trained by cross entropy.
 *
 * <p>Every example of a batch must have a label from 0 to the number of classes - 1. It reports
 * {@code loss}, in nats, and {@code accuracy}, the share of right classes.
 */
public final class ClassifierModel implements Trainable, Evaluable, FeatureNetwork {
  private final Net net;

  ClassifierModel(Net net) {
    this.net = net;
  }

  @Override
  public Map<String, Net> nets() {
    return Map.of(net.name(), net);
  }

  /** Steps depend on the batches alone. */
  @Override
  public void startRound(int epoch, int firstStep, long noiseSeed) {}

  @Override
  public StepReport step(Batch batch, Reporting reporting) {
    StepReport report = gradients(batch, reporting);
    net.update();
    return report;
  }

  /** Leaves the gradient of the mean loss in the network. */
  StepReport gradients(Batch batch, Reporting reporting) {
    INDArray logits = net.forward(batch.examples(), Mode.TRAINING);
    StepReport report =
        reporting == Reporting.LOSSES ? report(logits, batch.labels()) : StepReport.EMPTY;
    net.backwardToParameters(
        SoftmaxLoss.gradient(logits, batch.labels(), 1.0 / batch.size()),
        ParameterGradients.REPLACE);
    return report;
  }

  /** The objective that {@link #gradients} differentiates. */
  double objective(Batch batch) {
    INDArray logits = net.forward(batch.examples(), Mode.TRAINING);
    return SoftmaxLoss.value(logits, batch.labels()) / batch.size();
  }

  @Override
  public StepReport evaluate(Batch batch, long noiseSeed) {
    return report(net.forward(batch.examples(), Mode.INFERENCE), batch.labels());
  }

  /** The last hidden layer's activations, and the most probable classes. */
  @Override
  public Features look(INDArray examples) {
    return StepWorkspace.compute(
        () -> {
          int[] classes = SoftmaxLoss.classes(net.forward(examples, Mode.INFERENCE));
          INDArray features = net.features();
          return Features.of(Pixels.values(features), Math.toIntExact(features.size(1)), classes);
        });
  }

  private static StepReport report(INDArray logits, int[] labels) {
    int[] classes = SoftmaxLoss.classes(logits);
    double right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += classes[i] == labels[i] ? 1 : 0;
    }
    return new StepReport(
        Map.of(
            "loss",
            SoftmaxLoss.value(logits, labels) / labels.length,
            "accuracy",
            right / labels.length));
  }
}
