package org.sparkgen.training;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.sparkgen.averaging.NetState;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.averaging.StatisticsLayout;
import org.sparkgen.model.Trainable;
import org.sparkgen.nn.Net;
import org.sparkgen.nn.StatisticsRange;

/** Moves the numbers of a model to and from snapshots. */
public final class ModelState {
  private ModelState() {}

  /** A copy of the model's present state. */
  public static Snapshot snapshot(Trainable model) {
    Map<String, NetState> nets = new HashMap<>();
    model
        .nets()
        .forEach(
            (name, net) ->
                nets.put(
                    name, new NetState(net.copyParameters(), net.copyUpdater(), net.iteration())));
    return new Snapshot(nets);
  }

  /**
   * Puts the model into a state.
   *
   * @throws IllegalArgumentException if the snapshot is of another model, naming the difference
   */
  public static void load(Snapshot snapshot, Trainable model) {
    if (!snapshot.nets().keySet().equals(model.nets().keySet())) {
      throw new IllegalArgumentException(
          "the snapshot has the networks %s, the model has %s"
              .formatted(snapshot.nets().keySet(), model.nets().keySet()));
    }
    model
        .nets()
        .forEach(
            (name, net) -> {
              NetState state = snapshot.nets().get(name);
              net.load(state.parameters(), state.updater(), state.iteration());
            });
  }

  /** Where each network keeps its batch-norm statistics. */
  public static Map<String, StatisticsLayout> statistics(Trainable model) {
    TreeMap<String, StatisticsLayout> layouts = new TreeMap<>();
    model.nets().forEach((name, net) -> layouts.put(name, layout(net)));
    return layouts;
  }

  private static StatisticsLayout layout(Net net) {
    StatisticsLayout layout = StatisticsLayout.NONE;
    for (StatisticsRange range : net.statistics()) {
      layout = layout.with(range.mean(), range.variance(), range.length());
    }
    return layout;
  }
}
