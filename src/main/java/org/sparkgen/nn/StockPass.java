package org.sparkgen.nn;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/** Any optimizer and precision, by DL4J's own updater. */
final class StockPass implements UpdatePass {
  private static final int EPOCH = 0;

  private final MultiLayerNetwork network;
  private final MultiLayerUpdater updater;
  private final Gradient gradientTable;
  private final INDArray parameters;
  private final INDArray gradients;
  private final List<Rate> rates = new ArrayList<>();

  /** A learning rate and the settings that it is read from at every step. */
  private record Rate(IUpdater settings, double value) {
    void scale(double factor) {
      settings.setLrAndSchedule(value * factor, null);
    }
  }

  /**
   * The pass of a network.
   *
   * @param gradientTable its gradients by layer and parameter, views of the flat ones
   * @param parameters flat, updated in place
   * @param gradients flat, overwritten
   */
  StockPass(
      MultiLayerNetwork network, Gradient gradientTable, INDArray parameters, INDArray gradients) {
    this.network = network;
    this.updater = (MultiLayerUpdater) network.getUpdater();
    this.gradientTable = gradientTable;
    this.parameters = parameters;
    this.gradients = gradients;
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      IUpdater settings = block.getGradientUpdater().getConfig();
      if (settings.hasLearningRate()) {
        rates.add(new Rate(settings, settings.getLearningRate(0, EPOCH)));
      }
    }
  }

  @Override
  public void step(int iteration, double rateFactor) {
    if (rateFactor == 1) {
      step(iteration);
      return;
    }
    rates.forEach(rate -> rate.scale(rateFactor));
    try {
      step(iteration);
    } finally {
      // These settings belong to the network's configuration, which is published.
      rates.forEach(rate -> rate.scale(1));
    }
  }

  private void step(int iteration) {
    updater.update(
        network, gradientTable, iteration, EPOCH, 1, LayerWorkspaceMgr.noWorkspacesImmutable());
    parameters.subi(gradients);
  }
}
