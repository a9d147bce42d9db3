package org.sparkgen.nn;

/** Changes parameters of networks, for gradient checks of other packages. */
public final class Nudge {
  private Nudge() {}

  /** As {@link Net#nudge}. */
  public static void set(Net net, long parameter, double value) {
    net.nudge(parameter, value);
  }
}
