package org.sparkgen.spark;

import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.config.AnomalyScore;
import org.sparkgen.data.Batch;
import org.sparkgen.data.ExampleBlock;
import org.sparkgen.evaluation.FeatureRows;
import org.sparkgen.evaluation.Neighbourhood;
import org.sparkgen.model.Features;
import org.sparkgen.model.HiddenLayer;
import org.sparkgen.model.Trainable;

/** The distance to the nearest training examples in a network's last hidden layer. */
final class NeighbourScore implements ExampleScore {
  private static final long serialVersionUID = 1L;

  private final AnomalyScore layer;
  private final Broadcast<Neighbourhood> training;

  /** A distance to training examples that all executors have. */
  NeighbourScore(AnomalyScore layer, Broadcast<Neighbourhood> training) {
    this.layer = layer;
    this.training = training;
  }

  @Override
  public double[] of(Trainable model, ExampleBlock block, Batch batch) {
    Features features = HiddenLayer.of(model, layer).orElseThrow().look(batch);
    return training
        .value()
        .distances(new FeatureRows(features.values(), features.size()), block.contentDigests());
  }

  @Override
  public boolean isGivenClasses() {
    return false;
  }
}
