package org.sparkgen.spark;

import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.Trainable;
import org.sparkgen.training.ModelState;
import org.sparkgen.training.RunModels;

/** A trained model on its way to the tasks that use it. */
final class ModelBroadcast implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final String configuration;
  private final Broadcast<Snapshot> snapshot;
  private transient RunConfig parsed;

  /**
   * Sends a model to all executors.
   *
   * @param configuration the run's effective configuration as text
   */
  ModelBroadcast(JavaSparkContext context, String configuration, Snapshot snapshot) {
    this.configuration = configuration;
    this.snapshot = context.broadcast(snapshot.weights());
  }

  /** In a task: lets a function use the model in the state that was sent. */
  <T> T use(Function<Trainable, T> function) {
    return RunModels.borrow(
        configuration,
        model -> {
          ModelState.load(snapshot.value(), model);
          return function.apply(model);
        });
  }

  /** The configuration, in a task. */
  synchronized RunConfig config() {
    if (parsed == null) {
      parsed = RunModels.parse(configuration);
    }
    return parsed;
  }

  /** Frees the executors' memory. */
  @Override
  public void close() {
    snapshot.destroy();
  }
}
