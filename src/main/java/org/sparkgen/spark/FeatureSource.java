package org.sparkgen.spark;

import java.io.Serializable;
import java.util.function.Function;
import org.sparkgen.model.FeatureNetwork;

/** A feature network in the form in which it travels through Spark. */
public sealed interface FeatureSource extends Serializable
    permits ClassifierFeatures, StockFeatures {
  /**
   * In a task: lets a function use the network. What it computes must leave as Java numbers.
   *
   * @param use is the only user of the network until it returns
   */
  <T> T use(Function<FeatureNetwork, T> use);
}
