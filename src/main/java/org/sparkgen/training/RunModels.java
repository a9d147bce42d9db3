package org.sparkgen.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgen.config.ConfigParser;
import org.sparkgen.config.RunConfig;
import org.sparkgen.model.ModelFactory;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.StepWorkspace;

/**
 * The models of a run in this process, each with the memory that its steps need. Building networks
 * takes longer than a short round, and so does filling fresh memory; so a task borrows what an
 * earlier task has given back. The model's content is whatever that task left.
 */
public final class RunModels {
  /** A run's model and the classifier in whose features its examples are compared. */
  private static final int CONFIGURATIONS = 2;

  private static final float LOAD_FACTOR = 0.75f;
  private static final boolean BY_LAST_USE = true;

  /** By configuration, the one that was used longest ago first. */
  private static final Map<String, Deque<Workplace>> IDLE =
      new LinkedHashMap<>(CONFIGURATIONS, LOAD_FACTOR, BY_LAST_USE);

  private RunModels() {}

  /** A model with the initial weights of the run's seed. */
  public static Trainable fresh(RunConfig config) {
    return new ModelFactory(
            config.data().shape(),
            config.training().optimizer(),
            DataType.FLOAT,
            net -> Seeds.weights(config.run().seed(), net))
        .create(config.model());
  }

  /**
   * Lets a function use a model of the configuration, and this thread's steps its memory.
   *
   * @param configuration the run's effective configuration as text
   * @param use must load a state before it relies on one, and return no array of a step
   */
  public static <T> T borrow(String configuration, Function<Trainable, T> use) {
    Workplace workplace = take(configuration);
    try {
      return workplace.memory().lendTo(() -> use.apply(workplace.model()));
    } finally {
      giveBack(configuration, workplace);
    }
  }

  /** The configuration that a text describes. */
  public static RunConfig parse(String configuration) {
    return ConfigParser.parse(configuration, "the run's configuration", List.of());
  }

  private static Workplace take(String configuration) {
    synchronized (IDLE) {
      Deque<Workplace> idle = IDLE.get(configuration);
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
    }
    return new Workplace(fresh(parse(configuration)), new StepWorkspace());
  }

  private static void giveBack(String configuration, Workplace workplace) {
    synchronized (IDLE) {
      IDLE.computeIfAbsent(configuration, c -> new ArrayDeque<>()).push(workplace);
      while (IDLE.size() > CONFIGURATIONS) {
        Iterator<Deque<Workplace>> oldest = IDLE.values().iterator();
        oldest.next().forEach(idle -> idle.memory().close());
        oldest.remove();
      }
    }
  }

  /** A model and the memory of its steps. */
  private record Workplace(Trainable model, StepWorkspace memory) {}
}
