package org.sparkgen.averaging;

import java.io.Serializable;

/** Name and lengths of one network of a snapshot. */
final class NetShape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final StatisticsLayout statistics;
  private final UpdaterRule rule;
  private final int parameters;

  private final int updater;
  private final int updaterKept;

  NetShape(String name, NetState state, UpdaterRule rule, StatisticsLayout statistics) {
    this.name = name;
    this.statistics = statistics;
    this.rule = rule;
    this.parameters = state.parameters().length;
    this.updaterKept = state.updater().length;
    this.updater =
        switch (rule) {
          case AVERAGE -> updaterKept;
          case FRESH -> 0;
        };
  }

  String name() {
    return name;
  }

  StatisticsLayout statistics() {
    return statistics;
  }

  int parameters() {
    return parameters;
  }

  /** Updater values that travel. */
  int updater() {
    return updater;
  }

  /** The network's state in a snapshot, which must have this shape. */
  NetState of(Snapshot snapshot) {
    NetState state = snapshot.nets().get(name);
    if (state == null
        || state.parameters().length != parameters
        || state.updater().length != updaterKept) {
      throw new IllegalArgumentException(
          "network '%s' has %s, expected %d parameters and %d updater values"
              .formatted(name, found(state), parameters, updaterKept));
    }
    return state;
  }

  private static String found(NetState state) {
    return state == null
        ? "no state"
        : "%d parameters and %d updater values"
            .formatted(state.parameters().length, state.updater().length);
  }

  /** A state of this shape, all zeros. */
  NetState blank(long iteration) {
    long kept =
        switch (rule) {
          case AVERAGE -> iteration;
          case FRESH -> 0;
        };
    return new NetState(new float[parameters], new float[updaterKept], kept);
  }
}
