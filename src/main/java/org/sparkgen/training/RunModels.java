package org.sparkgen.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.GenerativeModel;
import org.sparkgen.model.ModelFactory;
import org.sparkgen.nn.StepWorkspace;

/**
 * The models of a run in this process. Building networks takes longer than a short round, so a task
 * borrows one that an earlier task has given back; its content is whatever that task left.
 */
public final class RunModels {
  private static final Deque<GenerativeModel> IDLE = new ArrayDeque<>();
  private static String idleConfiguration = "";

  private RunModels() {}

  /** A model with the initial weights of the run's seed. */
  public static GenerativeModel fresh(RunConfig config) {
    return new ModelFactory(
            config.data().shape(),
            config.training().optimizer(),
            DataType.FLOAT,
            net -> Seeds.weights(config.run().seed(), net))
        .create(config.model());
  }

  /**
   * Lets a function use a model of the configuration, then releases this thread's workspace.
   *
   * @param configuration the run's effective configuration as text
   * @param use must load a state before it relies on one, and return no array of the workspace
   */
  public static <T> T borrow(String configuration, Function<GenerativeModel, T> use) {
    GenerativeModel model = take(configuration);
    try {
      return use.apply(model);
    } finally {
      StepWorkspace.release();
      giveBack(configuration, model);
    }
  }

  /** The configuration that a text describes. */
  public static RunConfig parse(String configuration) {
    return ConfigParser.parse(configuration, "the run's configuration", List.of());
  }

  private static GenerativeModel take(String configuration) {
    synchronized (IDLE) {
      if (configuration.equals(idleConfiguration) && !IDLE.isEmpty()) {
        return IDLE.pop();
      }
    }
    return fresh(parse(configuration));
  }

  private static void giveBack(String configuration, GenerativeModel model) {
    synchronized (IDLE) {
      if (!configuration.equals(idleConfiguration)) {
        IDLE.clear();
        idleConfiguration = configuration;
      }
      IDLE.push(model);
    }
  }
}
