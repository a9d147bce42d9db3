package org.sparkgen.spark;

import java.util.function.Function;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.model.FeatureNetwork;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/** The features of a classifier that this program has trained. */
public final class ClassifierFeatures implements FeatureSource {
  private static final long serialVersionUID = 1L;

  private final String configuration;
  private final Snapshot snapshot;

  /**
   * A trained classifier.
   *
   * @param configuration its run's effective configuration as text
   */
  public ClassifierFeatures(String configuration, Snapshot snapshot) {
    this.configuration = configuration;
    this.snapshot = snapshot.weights();
  }

  @Override
  public <T> T use(Function<FeatureNetwork, T> use) {
    return RunModels.borrow(
        configuration,
        model -> {
          ModelState.load(snapshot, model);
          return use.apply((FeatureNetwork) model);
        });
  }
}
