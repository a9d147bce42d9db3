package org.sparkgen.averaging;

/**
 * The numbers of one network: all that has to travel to continue its training elsewhere.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class NetState implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] parameters;
  private final float[] updater;
  private final long iteration;

  /**
   * Takes the arrays over without copying them.
   *
   * @param parameters flat parameters, in the order of the network's own flat view
   * @param updater flat optimizer state in the order of the network's own view; empty if it has
   *     none
   * @param iteration updates made so far (Adam's bias correction counts them)
   */
  public NetState(float[] parameters, float[] updater, long iteration) {
    this.parameters = parameters;
    this.updater = updater;
    this.iteration = iteration;
  }

  /** Flat parameters; not a copy. */
  public float[] parameters() {
    return parameters;
  }

  /** Flat optimizer state; not a copy. */
  public float[] updater() {
    return updater;
  }

  /** Updates made so far. */
  public long iteration() {
    return iteration;
  }
}
