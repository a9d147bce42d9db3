package org.sparkgen.averaging;

import java.io.Serializable;

/**
 * The numbers of one network: all that has to travel to continue its training elsewhere.
 *
 * <p>A final class rather than a record because it is sent through Spark.
 */
public final class NetState implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final float[] NO_UPDATER = {};

  private final float[] parameters;
  private final float[] updater;
  private final long iteration;

  private transient volatile String parametersSha256;
  private transient volatile String updaterSha256;

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

  /** A network without optimizer state; takes the array over. */
  static NetState ofParameters(float[] parameters, long iteration) {
    return new NetState(parameters, NO_UPDATER, iteration);
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

  /**
   * SHA-256 over the parameters (little-endian), as 64 hexadecimal digits; computed once, so the
   * array must not change any more.
   */
  public String parametersSha256() {
    String known = parametersSha256;
    if (known == null) {
      known = FloatDigest.sha256().add(parameters).hex();
      parametersSha256 = known;
    }
    return known;
  }

  /** As {@link #parametersSha256}, of the optimizer's state. */
  public String updaterSha256() {
    String known = updaterSha256;
    if (known == null) {
      known = FloatDigest.sha256().add(updater).hex();
      updaterSha256 = known;
    }
    return known;
  }

  /** Java's serialization sends the packed form instead. Too long arrays go as they are. */
  private Object writeReplace() {
    boolean fits = PackedFloats.fits(parameters.length) && PackedFloats.fits(updater.length);
    return fits ? new Packed(this) : this;
  }

  /** What is sent in the place of a state. */
  private static final class Packed implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PackedFloats parameters;
    private final PackedFloats updater;
    private final long iteration;

    Packed(NetState state) {
      parameters = PackedFloats.of(state.parameters);
      updater = PackedFloats.of(state.updater);
      iteration = state.iteration;
    }

    private Object readResolve() {
      return new NetState(parameters.values(), updater.values(), iteration);
    }
  }
}
